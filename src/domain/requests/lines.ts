/** What stands in a line of a request: words as they were typed, and files that we keep. Pieces of one `album` are one message. */
export interface RequestWords {
  text: string
  files: RequestFile[]
  album?: string
}

/** `size`: in bytes, when the messenger told it. `paper`: which of the needed papers it is (domain/papers), when that was asked. */
export interface RequestFile {
  id: string
  kind: 'photo' | 'document' | 'voice' | 'video'
  name: string
  size?: number
  paper?: string
}

/** How a file is shown on the other side: what is neither a picture nor a voice goes as a document. */
export const shownAs = ({ kind }: Pick<RequestFile, 'kind'>): 'photo' | 'document' | 'voice' =>
  kind === 'photo' || kind === 'voice' ? kind : 'document'
