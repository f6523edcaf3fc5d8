import { menu } from './menu.js'

/** What can be done with the group as a whole. `on.do(act)` does it, `on.joins()` lets who has left come back, `on.names()` asks for a topic's name. */
export function forumMenu(on) {
  const { root, add, item, heading } = menu('Действия с группой')
  const create = item('Создать тему', () => on.names())
  const wrong = heading('Что может пойти не так')
  const leave = item('Выйти из группы', () => on.do({ do: 'leave' }))
  const join = item('Вернуться в группу', () => on.joins())
  const strip = item('Отобрать у бота права', () => on.do({ do: 'setBotRights' }))
  const entitle = item('Вернуть боту права', () => on.do({ do: 'setBotRights', rights: allRights }))
  const kick = item('Удалить бота из группы', () => on.do({ do: 'kickBot' }))
  const addBot = item('Вернуть бота в группу', () => on.do({ do: 'addBot' }))
  add(create.line, wrong, ...[leave, join, strip, entitle, kick, addBot].map(({ line }) => line))
  return {
    root,
    show({ bot }, { isMember }) {
      const isWhole = bot.rights !== undefined && Object.values(bot.rights).every(Boolean)
      create.show(isMember)
      leave.show(isMember)
      join.show(!isMember)
      strip.show(isMember && bot.isMember && bot.rights !== undefined)
      entitle.show(isMember && bot.isMember && !isWhole)
      kick.show(isMember && bot.isMember)
      addBot.show(isMember && !bot.isMember)
    },
  }
}

const allRights = { can_manage_topics: true, can_pin_messages: true, can_delete_messages: true }
