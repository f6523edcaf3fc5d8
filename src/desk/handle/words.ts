import type { StaffInput } from '../channel.ts'
import type { Words } from '../records.ts'

export type SaidInput = Extract<StaffInput, { kind: 'text' | 'files' | 'location' }>

const nothing = { text: '', spans: [] }

/** What somebody has said in a forum, as it is kept. */
export function wordsOf(input: SaidInput): Words {
  const { repliesTo } = input
  const more = repliesTo === undefined ? {} : { repliesTo }
  switch (input.kind) {
    case 'text':
      return { kind: 'words', text: input.text, files: [], ...more }
    case 'files': {
      const { caption = nothing, files, album } = input
      return { kind: 'words', text: caption, files, ...(album !== undefined && { album }), ...more }
    }
    case 'location': {
      const { latitude, longitude, title } = input
      const location = { latitude, longitude, ...(title !== undefined && { title }) }
      return { kind: 'words', text: nothing, files: [], location, ...more }
    }
  }
}
