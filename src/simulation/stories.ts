import type { VerdictLabel } from '../weigh/signal.ts';
import type { Slots } from './frames.ts';
import { regionOf } from './regions.ts';

/** What a post of the sample belongs to. The first five are stories with a cell of their own. */
export type Story =
  | 'systemic'
  | 'amplified'
  | 'silent'
  | 'emerging'
  | 'emergency'
  | 'background'
  | 'thanks'
  | 'chatter'
  | 'news';

export interface Cell {
  agency: string;
  region: string;
  theme: string;
}

export interface StoryPlot {
  story: Story & VerdictLabel;
  cell: Cell;
  slots: Slots;
}

const turkistan = {
  kd: [
    'Сауран ауданында',
    'Жетісайда',
    'Шардарада',
    'Мақтааралда',
    'Келес ауданында',
    'Сарыағашта',
    'Ордабасы ауданында',
    'Төле би ауданында',
    'Отырарда',
    'Созақ ауданында',
    'Қазығұртта',
    'Арыста',
    'Бәйдібекте',
    'Түркістан облысында',
  ],
  v: [
    'в Сауранском районе',
    'в Жетысае',
    'в Шардаре',
    'в Мактааральском районе',
    'в Келесском районе',
    'в Сарыагаше',
    'в Ордабасинском районе',
    'в Отрарском районе',
    'в Созакском районе',
    'в Казыгурте',
    'в Арыси',
    'в Туркестанской области',
  ],
  akim: ['Түркістан облысының әкімдігі', 'Түркістан облысының әкімі', 'Түркістан облысы әкімдігі', 'облыс әкімдігі'],
  akimDat: ['Түркістан облысының әкімдігіне', 'Түркістан облысының әкіміне', 'облыс әкімдігіне'],
  akimat: ['акимат Туркестанской области', 'аким Туркестанской области'],
  akimatDat: ['акимату Туркестанской области', 'акиму Туркестанской области'],
};

const ekibastuz = {
  akim: ['Екібастұз әкімдігі', 'Екібастұз әкімі', 'Екібастұз қаласының әкімдігі'],
  akimat: ['акимат Экибастуза', 'аким Экибастуза'],
};

const abai = {
  ...regionOf('KZ-10').slots,
  kd: [
    'Аягөз ауданында',
    'Көкпекті ауданында',
    'Үржар ауданында',
    'Бесқарағай ауданында',
    'Бородулиха ауданында',
    'Жарма ауданында',
    'Абай ауданында',
    'Ақсуат ауданында',
  ],
  v: [
    'в Аягозском районе',
    'в Кокпектинском районе',
    'в Урджарском районе',
    'в Бескарагайском районе',
    'в Бородулихинском районе',
    'в Жарминском районе',
  ],
};

export const plots = {
  systemic: plot('systemic', 'akimat_turkistan', 'KZ-61', 'water', turkistan),
  amplified: plot('amplified', 'akimat_astana', 'KZ-71', 'ecology', {}),
  silent: plot('silent', 'akimat_abai', 'KZ-10', 'healthcare', abai),
  emerging: plot('emerging', 'akimat_ekibastuz', 'KZ-55', 'heating', ekibastuz),
  emergency: plot('emergency', 'mes', 'KZ-39', 'emergency', {}),
} as const;

function plot(story: StoryPlot['story'], agency: string, region: string, theme: string, slots: Slots): StoryPlot {
  return { story, cell: { agency, region, theme }, slots };
}
