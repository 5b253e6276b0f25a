/** The old core system writes 123-4567 for loan 4567 of branch 123. */
export default function withoutBranch(text: string): string | undefined {
  return /^\d{3}-(\d+)$/.exec(text)?.[1];
}
