/** One of a group cannot be saved: each is tried alone, so that it harms no neighbour. */
export const alone = <In, Out>(turns: readonly In[], work: (turn: In) => Promise<Out>): Promise<(Out | Error)[]> =>
  Promise.all(
    turns.map((turn) => work(turn).catch((error) => (error instanceof Error ? error : new Error(String(error))))),
  )
