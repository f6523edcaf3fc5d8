/**
 * Makes `telegram.json` and `vk.json` out of the platforms' published machine-readable specifications:
 * names, types, required flags and bounds, none of the prose. Run it again when a newer version is wanted:
 *
 *     node --import tsx bots/sandbox/specs/strip.ts FOLDER
 *
 * FOLDER holds `telegram/api.min.json` (PaulSonOfLars/telegram-bot-api-spec) and `vk/methods.json`, `vk/objects.json`,
 * `vk/responses.json`, `vk/errors.json` (VKCOM/vk-api-schema, its sections merged into one file each).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripTelegram } from './stripTelegram.ts'
import { stripVk } from './stripVk.ts'

const folder = process.argv[2]
if (!folder) {
  process.stderr.write('usage: node --import tsx bots/sandbox/specs/strip.ts FOLDER\n')
  process.exit(2)
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))
const write = (name: string, data: unknown) =>
  writeFileSync(
    new URL(name, import.meta.url),
    `${JSON.stringify(data).replaceAll(/("[\w.]+":\{"(?:fields|oneOf|parameters|schema))/g, '\n$1')}\n`,
  )

write('telegram.json', stripTelegram(read('telegram/api.min.json')))
write(
  'vk.json',
  stripVk({
    methods: read('vk/methods.json'),
    objects: read('vk/objects.json'),
    responses: read('vk/responses.json'),
    errors: read('vk/errors.json'),
  }),
)
