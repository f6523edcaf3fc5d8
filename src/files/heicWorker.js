import { parentPort, workerData } from 'node:worker_threads'
import { all } from 'heic-decode'

// A thread of its own: it is asked once, answers once (`HeicAnswer`) and ends. In JavaScript, for a new thread cannot load anything else.

/** @type {import('./heic.ts').HeicWork} */
const { bytes, mostPixels } = workerData

parentPort?.postMessage(await decoded().catch(() => 'broken'))

async function decoded() {
  const [first] = await all({ buffer: bytes })
  if (!first) return 'broken'
  if (first.width * first.height > mostPixels) return 'hugePicture'
  const { width, height, data } = await first.decode()
  return { width, height, data }
}
