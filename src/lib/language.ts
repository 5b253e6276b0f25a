/** The languages of what people read in the outbox. */
export const languages = ['en', 'fi', 'sv'] as const;

/** One of them; also the tag that HTML knows it by. */
export type Language = (typeof languages)[number];

/** The same thing in each language; one that is missing does not compile. */
export type InEachLanguage<T> = Readonly<Record<Language, T>>;
