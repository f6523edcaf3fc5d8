/** What stands in a line of a request: words as they were typed, and files that we keep. */
export interface RequestWords {
  text: string
  files: RequestFile[]
}

export interface RequestFile {
  id: string
  kind: 'photo' | 'document' | 'voice' | 'video'
  name: string
}
