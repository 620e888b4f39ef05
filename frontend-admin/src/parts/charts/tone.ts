/** What a part of a drawing stands for: the matter itself, what falls short of it, what is done. */
export type Tone = 'main' | 'rest' | 'done'
