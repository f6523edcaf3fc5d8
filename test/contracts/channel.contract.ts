import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Channel } from '../../src/engine/channel.ts'
import type { Messenger } from '../../src/engine/event.ts'
import { describeAlbums } from './albums.contract.ts'
import { describeDelivering } from './delivering.contract.ts'
import { describeFiles } from './files.contract.ts'
import { describeListening } from './listening.contract.ts'
import { Ear, expectNoViolations, openStage, type Stage } from './stage.ts'

/** Where a suite works: one sandbox a suite, a resident of his own a test. */
export interface Setting {
  messenger: Messenger
  stage(): Stage
  channel(): Channel
}

/** What every messenger's channel must do, by whatever library and platform it does it. Answers where more of it may be tried. */
export function describeChannel(messenger: Messenger): () => Stage {
  let stage: Stage
  let channel: Channel
  beforeAll(async () => {
    stage = await openStage(messenger)
    channel = stage.channel()
  })
  afterAll(async () => {
    try {
      await expectNoViolations(stage.hand, messenger)
    } finally {
      await stage.close()
    }
  })
  const setting: Setting = { messenger, stage: () => stage, channel: () => channel }

  describe('delivering', () => describeDelivering(setting))
  describe('files', () => describeFiles(setting))
  describe('albums', () => describeAlbums(setting))
  describe('listening', () => describeListening(setting))

  it('stops the start with one line when the token is refused', async () => {
    const wrong = stage.channel({ token: '7000000001:not-the-token' })
    await expect(wrong.listen(new Ear().hear)).rejects.toMatchObject({ code: 'CONFIG', retry: 'never' })
  })

  it('never logs a token, a name or a text', () => {
    const logged = JSON.stringify(stage.log)
    for (const secret of ['sandbox-residents', 'sandbox-community', 'Мария', 'Пробная', 'тайна']) {
      expect(logged).not.toContain(secret)
    }
  })

  return () => stage
}
