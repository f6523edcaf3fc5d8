import { isAscii } from 'node:buffer'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire, wrap } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'

// Runs the code of a bundle, which lies beside this file. V8 keeps what it has compiled of it, all that was ever called included.
const [, path = ''] = process.argv
// V8 compiles WebAssembly once more and better when it is much used, at half the cost of such a process, which lives for a second.
setFlagsFromString('--wasm-tiering-budget=100000000')
const kept = `${path}.compiled`
const isKept = existsSync(kept)
const code = readFileSync(`${path}.code`)
const script = new Script(wrap(code.toString(isAscii(code) ? 'latin1' : 'utf8')), {
  filename: path,
  ...(isKept && { cachedData: readFileSync(kept) }),
})
if (!isKept)
  process.once('exit', () => {
    const draft = `${kept}.${process.pid}`
    writeFileSync(draft, script.createCachedData())
    renameSync(draft, kept)
  })
const module = { exports: {} }
script.runInThisContext()(module.exports, createRequire(path), module, path)
