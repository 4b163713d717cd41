import { z } from 'zod';

const share = z.number().min(0).max(1);

/** How a text's evidence decides about it; the section `mentions` of a pipeline file. */
export const mentionSettingsSchema = z.strictObject({
  themes: z.strictObject({
    /** What a theme's evidence must add up to: a strong pattern counts 1. */
    threshold: z.number().positive(),
    /** The same where every body named deals with what has no theme: taxes, the mail, the army. */
    thresholdBesideThemeless: z.number().positive(),
    /** What a pattern of the columns `weak_*` counts. */
    weakWeight: share,
    /** What a mention of a body speaks for its own theme. */
    bodyWeight: share,
    /** What a pattern adds that was already counted in the text, as a share. */
    repeatedShare: share,
    /** What is left of a pattern that only says where, as a share: «у школы», «мектептің жанында». */
    asideShare: share,
    /** A theme whose evidence is less than this share of the best one's is a word in passing. */
    shareOfBest: share,
    /** By how much the evidence for a theme that yields must be more than that of another one to stand beside it. */
    yieldLead: z.number().min(0),
    /** How many themes a post has at most. */
    most: z.number().int().min(1),
  }),
});

export type MentionSettings = z.infer<typeof mentionSettingsSchema>;
export type ThemeSettings = MentionSettings['themes'];
