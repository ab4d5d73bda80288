import type { FamilyManifest } from './manifest.ts'

/** What is drawn for people only: nothing of it runs, so no folder of models has it. */
export const NOTE_FAMILY = 'note'
export const COMMENT = 'note.comment'
export const GROUP = 'note.group'

export function isNote(type: string): boolean {
  return type.startsWith(`${NOTE_FAMILY}.`)
}

const colours = ['slate', 'blue', 'green', 'amber', 'plum'] as const

const colourField = {
  id: 'colour', label: 'Colour', help: 'Its tint on the canvas.', type: 'choice', default: 'amber',
  choices: colours.map(value => ({ value, title: value })),
} as const

export const manifest: FamilyManifest = {
  family: NOTE_FAMILY,
  title: 'Notes',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [],
  nodes: [
    {
      type: COMMENT,
      title: 'Comment',
      summary: 'A text on the canvas, for those who look at it.',
      icon: 'sticky-note',
      form: 'comment',
      can: [],
      fields: [{ id: 'text', label: 'Text', help: 'What it says.', type: 'text', default: '', maxLength: 4000, lines: 6 }, colourField],
      probes: [],
      headline: [],
      subtitle: '',
      docs: ['Comments are saved and shared with the topology. Nothing of them runs.'],
    },
    {
      type: GROUP,
      title: 'Group',
      summary: 'A frame with a name around what belongs together; what stands in it moves along.',
      icon: 'group',
      form: 'group',
      can: [],
      fields: [{ ...colourField, default: 'slate' }],
      probes: [],
      headline: [],
      subtitle: '',
      docs: ['Whatever stands wholly inside a group moves with it. Deleting a group leaves what is in it.'],
    },
  ],
}
