import type { PipelineConfig } from './config/pipeline.ts';
import { readConfigFile } from './config/yaml.ts';
import { createCopyIndex } from './copies/index.ts';
import type { Rooms } from './enrich.ts';
import { createLanguageDetector } from './language/detector.ts';
import type { LanguageDetector } from './language/language.ts';
import { loadLanguageModel } from './language/load.ts';
import { createMentionFinder } from './mentions/finder.ts';
import { type MentionLists, parseLists } from './mentions/lists.ts';
import { createReachEstimator } from './reach/estimator.ts';
import { loadReachRates, loadWeighing } from './signals/load.ts';
import type { Weighing } from './signals/weighing.ts';

/** Furnishes the rooms from the lists and settings of a pipeline. Reads files; throws `SLM_CONFIG` or `SLM_LIST`. */
export function openRooms(config: PipelineConfig): Rooms {
  return {
    language: openLanguage(config),
    mentions: createMentionFinder(readLists(config), config.mentions),
    copies: createCopyIndex(config.copies),
    reach: createReachEstimator(loadReachRates(config.lists.reachRates)),
  };
}

export function openLanguage({ language: { prior, only } }: Pick<PipelineConfig, 'language'>): LanguageDetector {
  return createLanguageDetector(loadLanguageModel(), only === undefined ? { prior } : { prior, only });
}

export function readLists({ lists }: Pick<PipelineConfig, 'lists'>): MentionLists {
  return parseLists({
    agencies: readConfigFile(lists.agencies),
    themes: readConfigFile(lists.themes),
    places: readConfigFile(lists.places),
  });
}

export function readWeighing({ lists, privacy }: Pick<PipelineConfig, 'lists' | 'privacy'>): Weighing {
  return loadWeighing(lists, process.env, privacy.k);
}
