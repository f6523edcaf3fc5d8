import type { Messenger } from './world/state.ts'

/** Holds back what is to be told to the bots, so that a test can let several updates arrive at once. */
export class Gates {
  private readonly held = new Set<Messenger>()

  hold(messenger: Messenger): void {
    this.held.add(messenger)
  }

  release(messenger: Messenger): void {
    this.held.delete(messenger)
  }

  isHeld(messenger: Messenger): boolean {
    return this.held.has(messenger)
  }
}
