import { execFileSync } from 'node:child_process'
import { findProgram, type Program, programs } from './programs.ts'

// Runs before the tests: what they need and npm does not bring is installed where we may, else asked for.
const names = Object.keys(programs) as Program[]
const missing = () => names.filter((program) => !findProgram(program)).map((program) => programs[program].debian)

const wanted = missing()
if (wanted.length > 0) install(wanted)
const still = missing()
if (still.length > 0) {
  console.error(`The tests need ${still.join(' and ')}: install them, e.g. sudo apt-get install ${still.join(' ')}`)
  process.exitCode = 1
}

function install(packages: string[]): void {
  if (process.getuid?.() !== 0) return
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
  try {
    execFileSync('apt-get', ['update', '-qq'], options)
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
  } catch {
    // Not Debian, or no network: the line below says what to do.
  }
}
