/** The ordinary grievances of the country: a few voices about each, everywhere. */
export interface Grievance {
  theme: string;
  /** `akimat` is that of the region; otherwise a row of the agency list, with its names in use. */
  agency: 'akimat' | { id: string; kk: string; kkDat: string; ru: string; ruDat: string };
  kk: readonly string[];
  ru: readonly string[];
}

export const backgroundDetails = {
  kk: [
    'Суретін кейін саламын',
    'Көршілер растайды',
    'Былтырғы жағдай қайталанды',
    'Қоңырау шалдым, нәтиже жоқ',
    'Өз көзіммен көрдім',
    'Бұл бірінші рет емес',
    'Тіпті айтуға ұят',
    'Балаларға обал',
  ],
  ru: [
    'Фото выложу позже',
    'Соседи подтвердят',
    'В прошлом году было так же',
    'Звонил, толку нет',
    'Сам видел',
    'И это не первый раз',
    'Детей жалко',
    'Даже писать стыдно',
  ],
} as const;

export const backgroundClosings = {
  kk: [
    '{akim} [қайда қарап отыр|біле ме]?',
    '{akimDat} жаздым, жауап жоқ',
    '{akim} түсіндірсін',
    'Кімге айтамыз?',
    'Шешілер күн бар ма?',
    '{akim} назар аударсын',
    '{akim}, көмектесіңіз',
  ],
  ru: [
    '{akimat}, [вы это видите|ау]?',
    'Написали {akimatDat}, ответа нет',
    '{akimat} пусть объяснит',
    'Кому жаловаться?',
    'Когда решат?',
    'Просим {akimat} вмешаться',
    'Надоело',
  ],
} as const;
