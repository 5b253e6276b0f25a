/** An amount in cents as the core system writes it: `12 500,00`. */
export function money(cents: number, group = ' '): string {
  const [whole = '', decimals = ''] = (cents / 100).toFixed(2).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, group)},${decimals}`;
}

/** Hundredths of a per cent: `3,12`. */
export function percent(hundredths: number): string {
  return (hundredths / 100).toFixed(2).replace('.', ',');
}

/** A day `yyyy-mm-dd` as `dd.MM.yyyy`. */
export function finnishDay(day: string): string {
  return day.split('-').reverse().join('.');
}

/** The day so many days later; earlier when negative. */
export function daysLater(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** K (kyllä) or E (ei). */
export function yesNo(yes: boolean): string {
  return yes ? 'K' : 'E';
}
