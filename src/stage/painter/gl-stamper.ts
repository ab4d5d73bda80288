import { Atlas } from './atlas.ts'
import { GRAINS_MAX, type Placements } from './placements.ts'
import { HOPS_MAX } from './hop-store.ts'
import type { Stamper } from './stamper.ts'

const VERTEX = `#version 300 es
layout(location = 0) in float x;
layout(location = 1) in float y;
layout(location = 2) in uint sprite;
uniform vec2 size;
uniform float side;
uniform int columns;
flat out vec2 corner;
void main() {
  gl_Position = vec4(x / size.x * 2.0 - 1.0, 1.0 - y / size.y * 2.0, 0.0, 1.0);
  gl_PointSize = side;
  int n = int(sprite);
  corner = vec2(float(n % columns), float(n / columns)) / float(columns);
}`
const FRAGMENT = `#version 300 es
precision highp float;
uniform sampler2D sheet;
uniform float cell;
flat in vec2 corner;
out vec4 colour;
void main() { colour = texture(sheet, corner + gl_PointCoord * cell); }`

const CAPACITY = HOPS_MAX + GRAINS_MAX
/** Renderers that are programs: drawing with them costs more than doing it ourselves. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i

/** Tokens as points of one draw call, for machines with a real GPU. */
export class GlStamper implements Stamper {
  readonly name = 'webgl'
  readonly #gl: WebGL2RenderingContext
  readonly #atlas: Atlas
  readonly #buffers: readonly WebGLBuffer[]
  readonly #place: (name: string) => WebGLUniformLocation | null
  #version = -1

  constructor(gl: WebGL2RenderingContext, atlas: Atlas) {
    this.#gl = gl
    this.#atlas = atlas
    const program = linked(gl)
    gl.useProgram(program)
    this.#place = name => gl.getUniformLocation(program, name)
    this.#buffers = [4, 4, 2].map((bytes, location) => {
      const buffer = gl.createBuffer()
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
      gl.bufferData(gl.ARRAY_BUFFER, CAPACITY * bytes, gl.DYNAMIC_DRAW)
      gl.enableVertexAttribArray(location)
      if (location === 2) gl.vertexAttribIPointer(location, 1, gl.UNSIGNED_SHORT, 0, 0)
      else gl.vertexAttribPointer(location, 1, gl.FLOAT, false, 0, 0)
      return buffer
    })
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture())
    for (const what of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, what, gl.LINEAR)
    for (const what of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, what, gl.CLAMP_TO_EDGE)
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true)
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    gl.clearColor(0, 0, 0, 0)
  }

  stamp(placements: Placements): void {
    const gl = this.#gl
    const { drawingBufferWidth: width, drawingBufferHeight: height } = gl
    gl.viewport(0, 0, width, height)
    gl.clear(gl.COLOR_BUFFER_BIT)
    if (placements.count === 0) return
    if (this.#version !== this.#atlas.version) {
      this.#version = this.#atlas.version
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, this.#atlas.canvas)
    }
    const columns = [placements.x, placements.y, placements.sprite] as const
    columns.forEach((column, n) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers[n]!)
      gl.bufferSubData(gl.ARRAY_BUFFER, 0, column, 0, placements.count)
    })
    gl.uniform2f(this.#place('size'), width, height)
    gl.uniform1f(this.#place('side'), this.#atlas.side())
    gl.uniform1i(this.#place('columns'), Atlas.columns())
    gl.uniform1f(this.#place('cell'), 1 / Atlas.columns())
    gl.drawArrays(gl.POINTS, 0, placements.count)
  }
}

/** Whether there is a GPU behind WebGL here. What promises to tell (`failIfMajorPerformanceCaveat`) does not, so its name must. */
export function hasGpu(): boolean {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2')
  if (!gl) return false
  const names = gl.getExtension('WEBGL_debug_renderer_info')
  const renderer = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return !SOFTWARE.test(renderer)
}

function linked(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram()
  for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
    const shader = gl.createShader(type)
    if (!shader) throw new Error('WebGL has no shader to give')
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) throw new Error(`the shaders don’t link: ${gl.getProgramInfoLog(program)}`)
  return program
}
