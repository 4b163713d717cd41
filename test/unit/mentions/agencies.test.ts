import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { finder, lists, mentionsOf } from './lists-of-project.ts';

const agenciesOf = (text: string, region?: string) => mentionsOf(text, region).agencies;

describe('an akimat', () => {
  test.each([
    ['Тараз қаласының әкімдігінен жауап күтеміз', ['akimat_taraz']],
    ['жалоба акимату города Костаная', ['akimat_kostanay_city']],
    ['Актюбинский акимат молчит', ['akimat_aktobe_city']],
    ['Акимат Жамбылской области отчитался', ['akimat_zhambyl']],
    ['ШҚО әкімдігіне хат жаздық', ['akimat_eko']],
    ['Восточно-Казахстанский акимат молчит', ['akimat_eko']],
    ['Оралдың әкімі келді', ['akimat_oral']],
    ['Алматы облысының әкімі келді', ['akimat_almaty_region']],
    ['аким Бостандыкского района провёл встречу', ['akimat_almaty']],
    ['Қордай ауданының әкімдігіндегілерге айтыңдар', ['akimat_zhambyl']],
  ])('is the one named with its place: %s', (text, agencies) => {
    expect(agenciesOf(text)).toEqual(agencies);
  });

  test('named bare is that of the region of the post, and nobody without one', () => {
    expect(agenciesOf('Әкімдік қайда қарап отыр?', 'KZ-55')).toEqual(['akimat_pavlodar']);
    expect(agenciesOf('Әкімдік қайда қарап отыр?')).toEqual([]);
  });

  test('of a region stays so beside the name of its city', () => {
    expect(agenciesOf('Карагандинский облакимат')).toEqual(['akimat_karaganda']);
    expect(agenciesOf('Қарағанды облыстық әкімдігі')).toEqual(['akimat_karaganda']);
    expect(agenciesOf('Қарағанды әкімдігі')).toEqual(['akimat_karaganda_city']);
  });

  test('of a city stands beside the city: a place that stands apart gives the region only', () => {
    expect(agenciesOf('Таразда әкімдік тағы үнсіз')).toEqual(['akimat_zhambyl']);
    expect(agenciesOf('В Таразе акимат опять молчит')).toEqual(['akimat_zhambyl']);
    expect(agenciesOf('Тараз әкімдігі тағы үнсіз')).toEqual(['akimat_taraz']);
  });

  test('named once is meant by the bare word in the same text', () => {
    expect(agenciesOf('Акимат Рудного отчитался. А что акимат сделал?', 'KZ-39')).toEqual(['akimat_rudny']);
  });

  test('is not a surname', () => {
    expect(agenciesOf('Акимов вчера звонил', 'KZ-55')).toEqual([]);
  });
});

describe('a name', () => {
  test.each([
    ['Карагандинский областной маслихат', 'KZ-35', ['maslikhat_karaganda']],
    ['полиция сразу приехала', 'KZ-11', ['police_akmola']],
    ['полиция сразу приехала', undefined, ['police']],
    ['правительство для граждан опять висит', undefined, ['tson']],
    ['депутат маслихата Шымкента', undefined, ['maslikhat_shymkent']],
    ['Денсаулық сақтау министрлігінің шешімі', undefined, ['moh']],
    ['densaulyq saqtau ministrligi', undefined, ['moh']],
    ['دەنساۋلىق ساقتاۋ مينيسترلىگى', undefined, ['moh']],
    ['#АлматыӘкімдігі', undefined, ['akimat_almaty']],
    ['#akimatshymkent', undefined, ['akimat_shymkent']],
    ['#акиматалматыкз', undefined, ['akimat_almaty']],
    ['@egovkz', undefined, ['egov']],
    ['#акиматшымкента', undefined, ['akimat_shymkent']],
    ['Караганды әкмдігі', undefined, ['akimat_karaganda_city']],
    ['сапалы МӘМСтің пайдасы', undefined, ['fsms']],
    ['АП РК отреагировала', undefined, ['president_admin']],
    ['ЦOH снова закрыт', undefined, ['tson']],
    ['MИHЗДPAB молчит', undefined, ['moh']],
    ['Денсаулық министірлігі үнсіз', undefined, ['moh']],
    ['министерсво здравоохранения', undefined, ['moh']],
    ['вице-министр туризма', undefined, ['mts']],
    ['@akimat_vko', undefined, ['akimat_eko']],
    ['Анти-коррупционная служба', undefined, ['anticorr']],
  ])('is found however it is inflected or typed: %s', (text, region, agencies) => {
    expect(agenciesOf(text, region)).toEqual(agencies);
  });

  test.each([
    'взял АП и доволен',
    'мне бы в отпуск',
    'в роуминге МТС списал деньги',
    'участковый врач принял без очереди',
    'полис купил вчера',
    '102 маршрут опять опоздал',
    'МВД России сообщило о задержании',
    'Бішкек мэриясы мен полициясы',
    'посуда и рассудок',
    'до скорой встречи, друзья',
    'он соттық жер',
  ])('does not hide in a look-alike: %s', (text) => {
    expect(agenciesOf(text)).toEqual([]);
  });

  test('of a call line counts where somebody calls it', () => {
    expect(agenciesOf('Звоню на 109 третий день')).toEqual(['ikomek']);
    expect(agenciesOf('109-ға хабарластым')).toEqual(['ikomek']);
    expect(agenciesOf('заплатил 109 тенге')).toEqual([]);
  });

  test('of a call line is the body of the region of the post', () => {
    expect(agenciesOf('102-ге хабарластым', 'KZ-15')).toEqual(['police_aktobe']);
    expect(agenciesOf('102-ге хабарластым')).toEqual(['police']);
  });

  test('of the people of an abbreviation is the body', () => {
    expect(agenciesOf('КТЖшники опять перрон перепутали')).toEqual(['ktz']);
    expect(agenciesOf('ЦОНовцы молодцы')).toEqual(['tson']);
  });

  test('keeps its meaning inside any other words of the text', () => {
    const words = ['бүгін', 'вчера', 'погода', 'таңертең', 'очень', 'бәрі', 'ребята', 'осылай', 'хорошо'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words)), fc.array(fc.constantFrom(...words)), (before, after) => {
        const text = [...before, 'Нацбанк', ...after].join(' ');
        expect(agenciesOf(text)).toEqual(['nationalbank']);
      }),
    );
  });
});

test('the Kazakh name of every national body is found with any case ending', () => {
  const endings = ['', 'нің', 'не', 'нде', 'нен', 'мен'];
  const ministries = lists.agencies.filter((agency) => agency.name_kk.endsWith('министрлігі'));
  for (const { id, name_kk: name } of ministries) {
    for (const ending of endings) expect(agenciesOf(`${name}${ending} хат`)).toEqual([id]);
  }
});

test('the body of an appeal is resolved from its name in three languages', () => {
  expect(finder.resolveAgency('Министерство здравоохранения')).toBe('moh');
  expect(finder.resolveAgency('Ministry of Healthcare')).toBe('moh');
  expect(finder.resolveAgency('әкімдік', 'KZ-47')).toBe('akimat_mangystau');
  expect(finder.resolveAgency('Akimat of Taraz city')).toBe('akimat_taraz');
  expect(finder.resolveAgency('Контора по делам')).toBeNull();
});

test('every regional row is resolved from its own names in Kazakh and Russian', () => {
  for (const agency of lists.agencies) {
    expect(finder.resolveAgency(agency.name_ru), agency.name_ru).toBe(agency.id);
    expect(finder.resolveAgency(agency.name_kk), agency.name_kk).toBe(agency.id);
  }
});

test('a text of nothing but bare roles is read in linear time: it once took a minute', () => {
  const text = 'әкімдік '.repeat(8_000);
  const start = performance.now();
  expect(agenciesOf(text, 'KZ-75')).toEqual(['akimat_almaty']);
  expect(performance.now() - start).toBeLessThan(5_000);
});
