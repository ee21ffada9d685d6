import type { ProjectType } from '@/api/types.gen';

/** The kinds of production, in the order of the lists. */
export const projectTypes = {
  film: null,
  documentary: null,
  music_video: null,
  commercial: null,
  podcast: null,
  album: null,
  live_session: null,
  game_audio: null,
  other: null,
} as const satisfies Readonly<Record<ProjectType, null>>;

export const projectTypeWords: Readonly<Record<ProjectType, string>> = {
  film: 'Film',
  documentary: 'Documentary',
  music_video: 'Music video',
  commercial: 'Commercial',
  podcast: 'Podcast',
  album: 'Album',
  live_session: 'Live session',
  game_audio: 'Game audio',
  other: 'Other',
};
