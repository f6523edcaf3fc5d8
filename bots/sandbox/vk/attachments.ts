import { randomBytes } from 'node:crypto'
import type { StoredFile } from '../world/state.ts'
import type { World } from '../world/world.ts'
import { invalid, seconds, type VkCall } from './call.ts'
import type { VkAttachment, VkDoc, VkPhoto } from './shapes.ts'

/** Answers the saved photos and documents that a message names: `photo-1_2_key,doc-1_3`. */
export function attachmentsOf(call: VkCall, names: string | undefined): VkAttachment[] {
  if (!names) return []
  return names.split(',').map((name) => {
    const [kind, id] = name.trim().split('_')
    const key = `${kind}_${id}`
    const media = call.world.state.vk.media[key]
    const file = media && call.world.files.find(media.file)
    const match = /^(?:photo|doc)(-?\d+)_(\d+)$/.exec(key)
    if (!media || !file || !match) throw invalid('attachment not found')
    const place = { owner: Number(match[1]), id: Number(match[2]), key: media.key }
    return media.type === 'photo'
      ? { type: 'photo', photo: photoOf(call.url, file, place) }
      : { type: 'doc', doc: docOf(call.url, file, place) }
  })
}

/** Gives a stored file a place among the media of its owner. */
export function saveMedia(world: World, type: 'photo' | 'doc', file: StoredFile, owner: number): MediaPlace {
  const place = { owner, id: world.state.vk.nextMedia++, key: randomBytes(9).toString('hex') }
  world.state.vk.media[`${type}${owner}_${place.id}`] = { type, file: file.id, key: place.key }
  return place
}

export interface MediaPlace {
  owner: number
  id: number
  key: string
}

export function photoOf(url: string, file: StoredFile, place: MediaPlace): VkPhoto {
  const width = file.width ?? 0
  const height = file.height ?? 0
  const link = linkTo(url, file, place.key)
  return {
    id: place.id,
    owner_id: place.owner,
    album_id: -64,
    date: seconds(),
    text: '',
    has_tags: false,
    access_key: place.key,
    sizes: ['s', 'x', 'z'].map((type) => ({ type, width, height, url: link })),
  }
}

export function docOf(url: string, file: StoredFile, place: MediaPlace): VkDoc {
  const isImage = file.mime.startsWith('image/')
  return {
    id: place.id,
    owner_id: place.owner,
    title: file.name,
    size: file.size,
    ext: file.name.includes('.') ? (file.name.split('.').at(-1) ?? '') : '',
    date: seconds(),
    type: isImage ? 4 : 1,
    url: linkTo(url, file, place.key),
    access_key: place.key,
  }
}

export const linkTo = (url: string, file: StoredFile, key: string) =>
  `${url}/vk/file/${file.id}/${key}/${encodeURIComponent(file.name)}`
