import { SalmaqError } from '../errors.ts';
import type { Refusal } from '../post/validate.ts';
import { canRead, recognise } from './header.ts';
import type { NameLookup } from './lookup.ts';
import { type AppealMapping, MAPPED_FIELDS } from './mapping.ts';
import { nameKey } from './name-key.ts';
import { createTranslator, type Translation, type Translator } from './translate.ts';

/** What exports of appeals are read with. */
export interface AppealExports {
  mappings: readonly AppealMapping[];
  /** The mapping to read all exports with; without one a header tells. */
  chosen?: AppealMapping;
  lookup: NameLookup;
}

/** The same, and the clock that no period may run ahead of. */
export interface ExportSettings extends AppealExports {
  nowMs: number;
}

/** Reads the rows under a header. */
export type RowReader = (cells: readonly string[]) => Translation;

/**
 * How to read the rows under what may be a header: with the fields of the contract, with the chosen mapping, or with the one
 * that knows it. Undefined where it is no header to any of them.
 *
 * @throws SalmaqError `SLM_INPUT` when several mappings know it equally well.
 */
export function readerUnder(header: readonly string[], settings: ExportSettings): RowReader | undefined {
  const cells = header.map((cell) => cell.trim());
  if (isContract(cells)) return strict(cells, contractReader(cells));
  const mapping = mappingFor(cells, settings);
  if (mapping === undefined) return undefined;
  return strict(cells, createTranslator(mapping, cells, settings.lookup, settings.nowMs));
}

/**
 * How to read objects such as this one, a member with members counting as `name.member`. Undefined where they are the
 * contract's own, or no mapping knows them.
 */
export function readerOfObjects(
  sample: Readonly<Record<string, unknown>>,
  settings: ExportSettings,
): ((value: Readonly<Record<string, unknown>>) => Translation) | undefined {
  const present = [...flatten(sample).keys()];
  if (isContract(Object.keys(sample))) return undefined;
  const mapping = mappingFor(present, settings);
  if (mapping === undefined) return undefined;
  const { id, ...others } = mapping.columns;
  const idNames = id.filter((name) => present.includes(nameKey(name)));
  const header = [...idNames, ...MAPPED_FIELDS.flatMap((field) => (field === 'id' ? [] : others[field]))];
  const keys = header.map(nameKey);
  const translate = createTranslator(mapping, header, settings.lookup, settings.nowMs);
  return (value) => {
    const cells = flatten(value);
    return translate(keys.map((key) => cells.get(key) ?? ''));
  };
}

function mappingFor(header: readonly string[], { mappings, chosen }: ExportSettings): AppealMapping | undefined {
  if (chosen !== undefined) return canRead(chosen, header) ? chosen : undefined;
  const [mapping, other] = recognise(mappings, header);
  if (mapping === undefined || other === undefined) return mapping;
  const systems = [mapping, other].map(({ system }) => system).join(' or ');
  throw new SalmaqError('SLM_INPUT', `the columns ${header.join(', ')} may be an export of ${systems}`, {
    hint: 'say which with --appeals-format',
  });
}

/** The contract's two required fields that no system's export is likely to call the same. */
function isContract(names: readonly string[]): boolean {
  return names.includes('receivedAt') && names.includes('system');
}

function contractReader(header: readonly string[]): Translator {
  return (cells) => ({
    appeals: [
      Object.fromEntries(
        header.flatMap((field, i) => {
          const cell = cells[i] ?? '';
          return cell === '' ? [] : [[field, typedCell(field, cell)]];
        }),
      ),
    ],
  });
}

function typedCell(field: string, cell: string): unknown {
  if (field === 'count' && /^\d+$/.test(cell)) return Number(cell);
  if (field === 'escalated' && /^(true|false|1|0)$/i.test(cell)) return cell === '1' || cell.toLowerCase() === 'true';
  return cell;
}

/** A row with more cells than the header has names is refused: which of them is which, nobody can say. */
function strict(header: readonly string[], translate: Translator): Translator {
  return (cells) => {
    const extra = cells.slice(header.length).some((cell) => cell.trim() !== '');
    if (!extra) return translate(cells);
    const message = `record: ${cells.length} cells under ${header.length} columns; quote a cell that holds the delimiter`;
    const refusal: Refusal = { reason: 'schema', message };
    return { refusal };
  };
}

/** Members that only wrap the others: of a GeoJSON feature, and of a JSON:API resource. Their `type` beside it is that of the wrapping. */
const WRAPPERS: readonly string[] = ['properties', 'attributes'];

/** Key of a member's name → its value as a cell; what lies deeper counts as `name.member`, arrays are passed by. */
function flatten(value: Readonly<Record<string, unknown>>, prefix = ''): Map<string, string> {
  const cells = new Map<string, string>();
  const isWrapping = prefix === '' && WRAPPERS.some((name) => isObject(value[name]));
  for (const [name, member] of Object.entries(value)) {
    if (isWrapping && name === 'type') continue;
    const path = `${prefix}${name}`;
    if (typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean') {
      cells.set(nameKey(path), String(member));
    } else if (isObject(member) && prefix.length < 256) {
      const within = WRAPPERS.includes(path) ? '' : `${path}.`;
      for (const [key, cell] of flatten(member, within)) cells.set(key, cell);
    }
  }
  return cells;
}

/** Whether a parsed value is an object with members. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
