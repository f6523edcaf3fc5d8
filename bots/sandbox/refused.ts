/** The platform's own refusal of a call, thrown by a method and turned into the platform's envelope by its server. */
export class Refused extends Error {
  constructor(
    readonly code: number,
    readonly text: string,
    readonly parameters?: Record<string, number>,
  ) {
    super(text)
    this.name = 'Refused'
  }
}
