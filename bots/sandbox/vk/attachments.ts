import { randomBytes } from 'node:crypto'
import type { StoredFile } from '../world/state.ts'
import type { World } from '../world/world.ts'
import { invalid, seconds, type VkCall } from './call.ts'
import type { VkAttachment, VkDoc, VkPhoto, VkVoice } from './shapes.ts'

/**
 * Answers what was saved and a message names: `photo-1_2_key,doc-1_3`. A saved voice message is known by both `doc-1_4` and
 * `audio_message-1_4`.
 */
export function attachmentsOf(call: VkCall, names: string | undefined): VkAttachment[] {
  if (!names) return []
  return names.split(',').map((name) => {
    const [, kind, owner, id] = /^(photo|doc|audio_message)(-?\d+)_(\d+)(?:_\w+)?$/.exec(name.trim()) ?? []
    const media = call.world.state.vk.media[`${kind === 'photo' ? 'photo' : 'doc'}${owner}_${id}`]
    const file = media && call.world.files.find(media.file)
    if (!media || !file || (kind === 'audio_message' && media.type !== kind)) throw invalid('attachment not found')
    return attachmentOf(call.url, media.type, file, { owner: Number(owner), id: Number(id), key: media.key })
  })
}

type Kind = 'photo' | 'doc' | 'audio_message'

export function attachmentOf(url: string, kind: Kind, file: StoredFile, place: MediaPlace): VkAttachment {
  switch (kind) {
    case 'photo':
      return { type: 'photo', photo: photoOf(url, file, place) }
    case 'doc':
      return { type: 'doc', doc: docOf(url, file, place) }
    case 'audio_message':
      return { type: 'audio_message', audio_message: voiceOf(url, file, place) }
  }
}

/** Gives a stored file a place among the media of its owner. */
export function saveMedia(world: World, type: Kind, file: StoredFile, owner: number): MediaPlace {
  const place = { owner, id: world.state.vk.nextMedia++, key: randomBytes(9).toString('hex') }
  const key = `${type === 'photo' ? 'photo' : 'doc'}${owner}_${place.id}`
  world.state.vk.media[key] = { type, file: file.id, key: place.key }
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

export function voiceOf(url: string, file: StoredFile, place: MediaPlace): VkVoice {
  const link = linkTo(url, file, place.key)
  return {
    id: place.id,
    owner_id: place.owner,
    duration: 3,
    waveform: [0, 8, 16, 8],
    link_ogg: link,
    link_mp3: link,
    access_key: place.key,
  }
}

const linkTo = (url: string, file: StoredFile, key: string) =>
  `${url}/vk/file/${file.id}/${key}/${encodeURIComponent(file.name)}`
