/** An address with its scheme, one that begins with `www.`, or a bare host with a path behind it. */
const LINK =
  /(?:https?:\/\/|www\.)[^\s<>"'«»]+|(?<![\p{L}\p{N}@._/-])(?:[\p{L}\p{N}-]+\.)+(?:[a-z]{2,6}|қаз|рф)\/[^\s<>"'«»]+/giu;

/** Scheme, host, path and parameters of an address; the fragment is left out. */
const PARTS = /^(?:https?:\/\/)?([\p{L}\p{N}.-]+)(?::\d+)?([^?#]*)(?:\?([^#]*))?/iu;

/** What ends a sentence, not an address. */
const AFTER_LINK = /[.,;:!?…)\]}*_]+$/u;

/** What tells how one came to a page, not which page it is. */
const TRACKING = /^(?:utm_\w+|fbclid|gclid|yclid|ysclid|igsh|igshid|mibextid|si|share|ref|ref_src|from|feature)$/i;

/** A post of hundreds of addresses is a list of them; the first tell what it is about. */
const MOST_LINKS = 16;
/** Longer ones carry a session, not a page. */
const LONGEST_LINK = 2_048;

/**
 * The first sixteen addresses of a text, each once; written so that two that lead to one page are equal: without scheme, port, `www.`, `m.`,
 * fragment, tracking parameters and a slash at the end, the host in lower case, parameters in order.
 *
 * @example
 * linksOf('Қараңыз: https://www.Tengrinews.kz/news/1/?utm_source=tg.'); // ['tengrinews.kz/news/1']
 */
export function linksOf(text: string): string[] {
  const links: string[] = [];
  let end = 0;
  for (let at = nextMark(text, 0); at >= 0 && links.length < MOST_LINKS; at = nextMark(text, end)) {
    // Searching whole texts by expression would cost more than all else that is done with them.
    const from = startOfWord(text, at, end);
    end = endOfWord(text, at);
    for (const [found] of text.slice(from, end).matchAll(LINK)) {
      if (found.length <= LONGEST_LINK) links.push(plain(found.replace(AFTER_LINK, '')));
    }
  }
  return [...new Set(links.slice(0, MOST_LINKS))].filter((link) => link !== '');
}

/** Where a word that may hold an address goes through its slash or its `www.`. */
function nextMark(text: string, from: number): number {
  const slash = text.indexOf('/', from);
  const www = text.indexOf('www.', from);
  return slash < 0 || www < 0 ? Math.max(slash, www) : Math.min(slash, www);
}

function startOfWord(text: string, at: number, least: number): number {
  let from = at;
  while (from > least && text.charCodeAt(from - 1) > 0x20) from--;
  return from;
}

function endOfWord(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) > 0x20) end++;
  return end;
}

function plain(found: string): string {
  const [, host = '', path = '', query = ''] = PARTS.exec(found) ?? [];
  if (!host.includes('.')) return '';
  const page = decoded(path).replace(/\/+$/, '');
  return `${host.toLowerCase().replace(/^(?:www|m|mobile)\.(?=[^.]+\.)/, '')}${page}${withoutTracking(query)}`;
}

/** Some write Cyrillic paths as they read, some percent-encoded. */
function decoded(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

function withoutTracking(query: string): string {
  if (query === '') return '';
  const kept = [...new URLSearchParams(query)].filter(([name]) => !TRACKING.test(name));
  return kept.length === 0 ? '' : `?${new URLSearchParams(kept.sort(([a], [b]) => (a < b ? -1 : 1)))}`;
}
