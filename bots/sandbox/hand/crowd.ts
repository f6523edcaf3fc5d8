import type { FastifyInstance } from 'fastify'
import type { ResidentRate } from '../residentRate.ts'
import { chatWith, residentsBot } from '../telegram/bots.ts'
import { vkChatWith } from '../vk/call.ts'
import type { World } from '../world/world.ts'
import { json } from './requests.ts'

/** Many people at once, who have opened both chats and said nothing; and what the platforms have counted second by second. */
export function serveCrowd(app: FastifyInstance, world: World, rate: ResidentRate): void {
  app.post('/sandbox/crowd', async (request) => {
    const { count } = json<{ count: number }>(request.body)
    return Array.from({ length: count }, () => {
      const nth = world.state.people.length + 1
      const person = world.addPerson({
        firstName: 'Житель',
        lastName: `${nth}`,
        username: `zhitel_${nth}`,
        language: 'ru',
      })
      chatWith(residentsBot(world), person).opened = true
      vkChatWith(world, person).allowed = true
      return { id: person.id, telegramId: person.telegramId, vkId: person.vkId }
    })
  })
  app.get('/sandbox/residentRate', async () => rate.seconds)
}
