import { type PipelineConfig, readPipeline } from '../config/pipeline.ts';

/** Where the data is: `--data-dir` wins over the pipeline's store. */
export interface StoreOptions {
  dataDir?: string;
}

/** Reads a pipeline file, with the embedded engine at `--data-dir` where that is given. */
export function readConfig(file: string, { dataDir }: StoreOptions = {}): PipelineConfig {
  const config = readPipeline(file, process.env);
  if (dataDir === undefined) return config;
  const { maxQuerySeconds } = config.store;
  return { ...config, store: { path: dataDir, maxQuerySeconds } };
}

/** A fixed clock for `--at`, else the system's. */
export function clockOf({ at }: { at?: number }): () => number {
  return at === undefined ? Date.now : () => at;
}
