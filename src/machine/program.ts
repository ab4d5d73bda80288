import type { Memory } from '../kernel/memory.ts'

/** Code for WebAssembly, compiled when it is first needed, once for all memories that it runs over. */
export class Program {
  readonly #code: string
  #module: WebAssembly.Module | null | undefined

  /** `code`: what an import of “…?machine” gives. */
  constructor(code: string) {
    this.#code = code
  }

  /**
   * What the code exports, over a memory, which goes on in a WebAssembly memory from now on. Null where a page's policy forbids WebAssembly, or
   * there is none: everything works without, only slower. `host`: what the code's assembly/imports.ts declares, as far as the code uses it.
   */
  over(memory: Memory, host: Readonly<Record<string, WebAssembly.ImportValue>>): WebAssembly.Exports | null {
    const module = this.#compiled()
    if (module === null) return null
    let wasm: WebAssembly.Memory
    try {
      wasm = new WebAssembly.Memory({ initial: 1, maximum: 65_536 })
      memory.moveInto(wasm)
    } catch {
      return null
    }
    return new WebAssembly.Instance(module, { env: { memory: wasm, abort: failed }, relayground: host }).exports
  }

  #compiled(): WebAssembly.Module | null {
    if (this.#module !== undefined) return this.#module
    try {
      this.#module = new WebAssembly.Module(Uint8Array.from(atob(this.#code), letter => letter.charCodeAt(0)))
    } catch {
      this.#module = null
    }
    return this.#module
  }
}

function failed(): never {
  throw new Error('the machine came upon what cannot be')
}
