/** WebAssembly that was compiled from the assembly folder, in base64. */
declare module '*?machine' {
  const code: string
  export default code
}
