import { expect, it } from 'vitest'
import { svgOf } from './svg.ts'

it('is one file with a title, a description and colours as values', () => {
  const svg = svgOf({
    title: 'Orders & <more>',
    description: 'Two "crossings"\u0000',
    width: 200.4,
    height: 100,
    top: 38,
    head: [{ text: '<a>', x: 10.26, y: 20, tone: 'text', size: 11, anchor: 'middle', bold: true }],
    body: [{ d: 'M0 0L9 9', stroke: 'dead', width: 2, dash: '4 3', opacity: 0.5 }, { text: 'x', x: 1, y: 2, tone: 'text', size: 9, anchor: 'start', halo: 'surface', mono: true }],
    colour: tone => `#${tone}`,
  })
  expect(svg).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="201" height="100" viewBox="0 0 201 100" role="img" aria-labelledby="title description" font-family="Inter, system-ui, sans-serif" fill="none" stroke-linecap="round" stroke-linejoin="round">
<title id="title">Orders &amp; &lt;more&gt;</title>
<desc id="description">Two &quot;crossings&quot;</desc>
<defs><clipPath id="body"><rect x="0" y="38" width="201" height="62"/></clipPath></defs>
<rect width="201" height="100" fill="#surface"/>
<g clip-path="url(#body)">
<path d="M0 0L9 9" stroke="#dead" stroke-width="2" stroke-dasharray="4 3" opacity="0.5"/>
<text x="1" y="2" font-size="9" text-anchor="start" fill="#text" stroke="#surface" stroke-width="3" paint-order="stroke" font-family="JetBrains Mono, ui-monospace, monospace">x</text>
</g>
<text x="10.3" y="20" font-size="11" text-anchor="middle" fill="#text" font-weight="600">&lt;a&gt;</text>
</svg>
`)
})
