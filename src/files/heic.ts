import { Worker } from 'node:worker_threads'

export interface HeicWork {
  bytes: Uint8Array
  mostPixels: number
}

/** Pixels as red, green, blue and alpha, turned as the picture is to be seen. */
export interface Pixels {
  width: number
  height: number
  data: Uint8Array
}

export type HeicAnswer = Pixels | 'broken' | 'hugePicture'

/** 12 million pixels take two seconds. */
const patienceMs = 60_000

/**
 * The pixels of a HEIC picture (iPhones make them). sharp comes without the patented decoder of such pictures, so libheif does it, as WebAssembly in
 * a thread of its own that can be ended whatever it does.
 */
export function heicPixels(bytes: Uint8Array, mostPixels: number): Promise<HeicAnswer> {
  const work: HeicWork = { bytes, mostPixels }
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./heicWorker.js', import.meta.url), {
      ...{ workerData: work, execArgv: [] },
      // What libheif says of a broken file is not for our own output.
      ...{ stdout: true, stderr: true },
    })
    const late = setTimeout(() => answer('broken'), patienceMs)
    const answer = (what: HeicAnswer) => {
      clearTimeout(late)
      resolve(what)
      void worker.terminate()
    }
    worker.once('message', answer)
    worker.once('error', reject)
    worker.once('exit', () => answer('broken'))
  })
}
