import { Agent } from 'node:http'
import { Redis } from 'ioredis'
import { Markup, Scenes, session, Telegraf } from 'telegraf'
import { message } from 'telegraf/filters'

// The same talk as a Telegraf bot has it by its documentation: https://telegraf.js.org (scenes, sessions), a store as
// @telegraf/session writes one. A process of its own.

interface Wizard extends Scenes.WizardSessionData {
  values?: { cold: number; hot: number }
}
type Context = Scenes.WizardContext<Wizard>
type Session = Scenes.WizardSession<Wizard>

const { TOKEN = '', API_ROOT = '', REDIS_PORT } = process.env
const redis = new Redis(Number(REDIS_PORT), '127.0.0.1')

const store = {
  get: async (key: string): Promise<Session | undefined> => {
    const saved = await redis.get(`session:${key}`)
    return saved === null ? undefined : JSON.parse(saved)
  },
  set: (key: string, value: Session) => redis.set(`session:${key}`, JSON.stringify(value)),
  delete: (key: string) => redis.del(`session:${key}`),
}

const menu = Markup.inlineKeyboard(
  [
    ...['Передать показания', 'Начисления', 'Квитанция', 'Записаться на приём', 'Документы', 'Обращения'],
    ...['Консультант', 'Мои счета', 'Помощь', 'Настройки'],
  ].map((label, at) => Markup.button.callback(label, at === 0 ? 'readings' : `menu:${at}`)),
  { columns: 2 },
)
const ways = [Markup.button.callback('Назад', 'back'), Markup.button.callback('Меню', 'menu')]
const check = Markup.inlineKeyboard([
  [Markup.button.callback('Верно', 'right')],
  [Markup.button.callback('Изменить', 'change')],
  ways,
])

const metersOf = async (ctx: Context) => JSON.parse((await redis.get(`meters:${ctx.chat?.id}`)) ?? '{}')

const readings = new Scenes.WizardScene<Context>(
  'readings',
  async (ctx) => {
    const meters = await metersOf(ctx)
    await ctx.answerCbQuery()
    await ctx.editMessageText(
      `<b>Показания</b>\n\n• Холодная вода\n   было ${meters.cold} м³\n• Горячая вода\n   было ${meters.hot} м³\n\nНапишите новые показания подряд через пробел.`,
      {
        parse_mode: 'HTML',
        ...Markup.inlineKeyboard([[Markup.button.callback('Вводить по одному', 'oneByOne')], ways]),
      },
    )
    ctx.wizard.next()
  },
  async (ctx) => {
    if (ctx.has(message('text'))) await readValues(ctx, ctx.message.text)
  },
  async (ctx) => {
    if (ctx.has(message('text'))) return readValues(ctx, ctx.message.text)
    const { values } = ctx.scene.session
    if (!ctx.has('callback_query') || !('data' in ctx.callbackQuery) || ctx.callbackQuery.data !== 'right' || !values)
      return
    const number = await redis.incr('confirmation')
    await redis.rpush('readings', JSON.stringify({ chat: ctx.chat?.id, ...values }))
    await ctx.answerCbQuery()
    await ctx.editMessageText(`<b>Показания приняты.</b>\nПодтверждение № ${number}.\n\nЧто вам нужно?`, {
      parse_mode: 'HTML',
      ...menu,
    })
    await ctx.scene.leave()
  },
)

async function readValues(ctx: Context, typed: string): Promise<void> {
  const meters = await metersOf(ctx)
  const [cold, hot, more] = typed.split(/\s+/).map(Number)
  if (more !== undefined) return void (await ctx.reply('Чисел больше, чем нужно. Напишите два.', check))
  if (!cold || !hot || cold < meters.cold || hot < meters.hot)
    return void (await ctx.reply('Показания меньше, чем были.', check))
  ctx.scene.session.values = { cold, hot }
  await ctx.reply(
    `<b>Проверьте, пожалуйста</b>\n\n• Холодная вода\n   <b>${cold} м³</b> (расход ${cold - meters.cold} м³)\n• Горячая вода\n   <b>${hot} м³</b> (расход ${hot - meters.hot} м³)`,
    { parse_mode: 'HTML', ...check },
  )
  ctx.wizard.selectStep(2)
}

// Telegraf drops its keep-alive agent for a root that begins with `http://`; with Telegram itself it has one.
const bot = new Telegraf<Context>(TOKEN, {
  telegram: {
    apiRoot: API_ROOT.replace('http:', 'HTTP:'),
    agent: new Agent({ keepAlive: true, keepAliveMsecs: 10_000 }),
  },
})
const stage = new Scenes.Stage<Context>([readings])
bot.use(session({ store }))
bot.use(stage.middleware())
bot.hears('меню', (ctx) => ctx.reply('Что вам нужно?', menu))
bot.action('readings', (ctx) => ctx.scene.enter('readings'))
process.once('SIGTERM', () => {
  bot.stop('SIGTERM')
  redis.disconnect()
  process.exit(0)
})
await bot.launch()
