/** What stands in a line of a request: words as they were typed, and files that we keep. Pieces of one `album` are one message. */
export interface RequestWords {
  text: string
  files: RequestFile[]
  album?: string
}

/** `size`: in bytes, when the messenger told it. */
export interface RequestFile {
  id: string
  kind: 'photo' | 'document' | 'voice' | 'video'
  name: string
  size?: number
}
