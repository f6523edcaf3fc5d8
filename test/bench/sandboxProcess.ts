import { startSandbox } from '../../bots/sandbox/start.ts'

// The messengers in a process of their own, with their limits enforced, their world in the folder FOLDER; tells its address.
const { FOLDER: folder = '' } = process.env
const sandbox = await startSandbox({
  folder,
  residentLimits: 'enforced',
  isSavedAtOnce: false,
  groupLimit: { enforced: false },
})
process.once('SIGTERM', () => void sandbox.close().then(() => process.exit(0)))
process.send?.({ url: sandbox.url })
