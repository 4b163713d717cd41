/**
 * A name as it is compared: compatibility forms resolved, lower case, ё as е, letters and digits only. `№ обращения`, `No.обращения`
 * and `NO ОБРАЩЕНИЯ` are one name, `regNumber` and `reg_number` another.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
