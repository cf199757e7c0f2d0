// Written by `make types` from pages/parts/props.py: what the server tells each page's component.

/** A row of a dataset whose pictures have halves: its latents where each half alone is shown, left and right. */
export interface Alone {
  row: number;
  latents: Array<Array<number>>;
}

/** The Blend page: `first` is what Reset goes back to, `picture` the server's blend as a data URL, in a page's first run alone, `told` what the server says about a recipe that was asked for; `centre` names the method of the small pictures; `controls` are those of a lesson (pages/parts/lessons.py), none where all are shown; `moves` where the dot goes round by itself until somebody touches something. */
export interface BlendProps {
  nonce: number;
  told: string;
  recipe: RecipeProps;
  first: RecipeProps;
  picture: string;
  made: MadeProps | null;
  dataset: DatasetRef;
  model: ModelRef;
  linear: ModelRef | null;
  methods: Array<Method>;
  depths: Array<string>;
  centre: string;
  controls: Array<string>;
  moves: boolean;
  groups: Array<GroupRef>;
}

/** A named part of a latent: dimensions start .. end - 1. */
export interface BlockProps {
  name: string;
  start: number;
  end: number;
}

/** A figure of one model, and its standard error, None where it is not known; best: it is marked. */
export interface CellProps {
  value: number;
  error: number | null;
  best: boolean;
}

/** So much of the way from one thing to another; see `DirectionsChoice`. */
export interface ChangeChoice {
  begin: string;
  end: string;
  amount: number;
}

/** The Compare page: `entries` are all models of the dataset, the first `len(figures[i].cells)` of them with a card; sort is how they stand, pair what is side by side, None where nothing can be, for the reason `unpaired`. */
export interface CompareProps {
  nonce: number;
  recipe: RecipeProps;
  dataset: DatasetRef;
  entries: Array<Entry>;
  methods: Array<Method>;
  depths: Array<string>;
  groups: Array<GroupRef>;
  sort: string;
  figures: Array<FigureProps>;
  pair: PairProps | null;
  unpaired: string;
}

/** Four things, and a place between them, each way 0 to 1. */
export interface CornersChoice {
  things: Array<string>;
  across: number;
  down: number;
}

/** A dataset: shape is (channels, height, width); components is the size of its linear model, 0 without one; nouns is what its classes are called ("digits"). notes: MIDI numbers of the rows of its pictures, the top one first, where these are piano rolls; else none. unjudged: why nothing is said about what is in a blend, "" where there is a judge. halves: names of the left and the right half of its pictures, where these are two pictures side by side; else none. ground: the colour behind what is drawn, 0..1 for each channel. enlarge: how its pictures are enlarged at first. unpaintable: why nobody can paint where a class shows, "" where one can. */
export interface DatasetRef {
  slug: string;
  title: string;
  nouns: string;
  classes: Array<string>;
  symbols: Record<string, string>;
  shape: [number, number, number];
  components: number;
  notes: Array<number>;
  judge: Judge | null;
  unjudged: string;
  halves: Array<string>;
  ground: Array<number>;
  enlarge: "crisp" | "smooth";
  unpaintable: string;
}

/** What is set on the Directions page; `pages.parts.directions.link.DirectionsView` as the browser knows it. Things are names of classes as lists in links write them, or begin with a colon. */
export interface DirectionsChoice {
  tool: "steps" | "numbers" | "change" | "morph" | "corners" | "parts";
  start: string;
  steps: Array<[string, number]>;
  grid: "near" | "pc1" | "pc3";
  size: number;
  change: ChangeChoice;
  morph: MorphChoice;
  corners: CornersChoice;
  parts: Array<string>;
  further: boolean;
}

/** The Directions page: rows is the number of pictures of the dataset, `parted` names its models whose latent has blocks. */
export interface DirectionsProps {
  nonce: number;
  recipe: RecipeProps;
  shares: Record<string, number>;
  dataset: DatasetRef;
  model: ModelRef;
  method: Method;
  sphere: Method;
  groups: Array<GroupRef>;
  rows: number;
  blocks: Array<BlockProps>;
  parted: Array<string>;
  named: Array<NumberName>;
  first: DirectionsChoice;
  view: DirectionsChoice;
}

/** The Eigen-images page; coordinates (chosen classes, components) in standard deviations. */
export interface EigenProps {
  nonce: number;
  recipe: RecipeProps;
  shares: Record<string, number>;
  dataset: DatasetRef;
  linear: ModelRef;
  spectrum: SpectrumProps;
  vae: ModelRef | null;
  vae_error: ErrorProps;
  method: Method;
  centre: Method;
  groups: Array<GroupRef>;
  pictures: TestPictures;
  coordinates: Array<Array<number>>;
}

/** A model on the Compare page: error is its squared error as on its card; averages_at the depths that its decoder can average at; what: its method in a sentence; note: what must be known of its pictures, "" where nothing; why: the sentence that stands in its place, "" where it can be opened. */
export interface Entry {
  name: string;
  model: ModelRef;
  what: string;
  note: string;
  error: ErrorProps;
  averages_at: Array<number>;
  why: string;
}

/** Squared error per pixel over n test pictures; None where it was not measured. */
export interface ErrorProps {
  value: number | null;
  n: number;
}

/** A family: `name` is its graph (generate_NAME) and its word in links; inputs are those of its graph. latent: the kind of latent that it is for, "" for any; own: the file of a model's folder that holds the graph where each model has one of its own, "" where all share one. */
export interface Family {
  name: string;
  title: string;
  meaning: string;
  equation: string;
  inputs: Array<string>;
  latent: string;
  own: string;
}

/** A family of generators, and why this model cannot use it, "" where it can. */
export interface FamilyProps {
  family: Family;
  why_not: string;
}

/** A figure of all models, a cell per model, None where its card does not say it; n pictures of a split; better: "lower", "higher" or "". */
export interface FigureProps {
  what: string;
  unit: string;
  split: string;
  n: number;
  better: string;
  cells: Array<CellProps | null>;
}

/** The Generate page: rows are the classes that are drawn. `files` are the names of the optional files that the model has, by what they hold; `others` are models with a file named `curves` to compare with; `found` is what a search has found last; `classifier` is the share of real test pictures that the dataset's classifier names right, None where nobody measured it. */
export interface GenerateProps {
  nonce: number;
  recipe: RecipeProps;
  way: Way;
  start: number | null;
  dataset: DatasetRef;
  noun: string;
  model: ModelRef;
  files: Record<string, string>;
  curves: string;
  families: Array<FamilyProps>;
  rows: Array<number>;
  others: Array<ModelRef>;
  paper: PaperProps | null;
  found: Record<string, any> | null;
  classifier: number | null;
}

/** A visitor's group, which follows the dataset's classes. Its mean picture (pixels) as base64 of float32, its moments by the slug of each model on the page, and its rows as base64 of a bit field; what a page has no use for is left empty. */
export interface GroupRef {
  name: string;
  picture: string;
  moments: Record<string, Moments>;
  rows: string;
}

/** What reading a blend needs: contrast, stroke width and ink of real pictures, and the baseline bits of classes that are not in a blend, by the number of classes that are. */
export interface Judge {
  real: [number, number, number];
  baseline: Record<string, number>;
}

/** A slower blend of the mixer's recipe: its picture as a data URL, the method's name, and how many came before it in this visit. */
export interface MadeProps {
  picture: string;
  title: string;
  times: number;
}

/** What a visitor sees on the map; `pages.parts.map.link.MapView` as the browser knows it. */
export interface MapChoice {
  projection: "pca" | "umap" | "raw";
  dims: number;
  axes: Array<number>;
  chosen: Array<string>;
  pictures: boolean;
  marker: boolean;
  row: number | null;
}

/** The Map page; rows is the number of points; alone: of the row that is looked at, where there are halves; origins: whether the dataset has a file of them; artists: those that it names. */
export interface MapProps {
  nonce: number;
  view: MapChoice;
  dataset: DatasetRef;
  model: ModelRef;
  rows: number;
  origins: boolean;
  artists: Array<string>;
  thumbs: ThumbsRef;
  groups: Array<GroupRef>;
  group_limit: number;
  marker: Marker;
  alone: Alone | null;
}

/** The blend on the map: its latent, its picture as a data URL, and its parts. */
export interface Marker {
  z: Array<number>;
  picture: string;
  parts: Array<MarkerPart>;
}

/** A class of the blend: its share, and its centroid (latent,). */
export interface MarkerPart {
  name: string;
  share: number;
  z: Array<number>;
}

/** A blending method: `name` is its graph and recipe word, `title` and `meaning` are what people read. finish: it has a second graph, finish_NAME.onnx, which makes one picture of the classes decoded on their own; means: which latents stand for a class, its mean or the centre of its biggest cluster; latent: the kind of latent that it needs, "" for any. */
export interface Method {
  name: string;
  title: string;
  meaning: string;
  uses_depth: boolean;
  finish: boolean;
  means: "mean" | "biggest";
  latent: string;
}

/** A model; called is what a model of its sort is, latent its number of dimensions, kind what they are (as on its card), and code how many of them make a code, 0 where it has none; ground as its dataset's. */
export interface ModelRef {
  slug: string;
  title: string;
  called: string;
  latent: number;
  kind: string;
  linear: boolean;
  code: number;
  ground: Array<number>;
}

/** Mean and standard deviation (latent,) of a group's latents in one model. */
export interface Moments {
  mean: Array<number>;
  std: Array<number>;
}

/** From one thing to another, which way, and how far, 0 to 1. */
export interface MorphChoice {
  begin: string;
  end: string;
  way: "straight" | "sphere" | "data";
  at: number;
}

/** A number of a latent, from 0, follows what is called `factor`, which explains `share` of how it varies. */
export interface NumberName {
  number: number;
  factor: string;
  share: number;
}

/** What was found here: the model and its name, what was searched (in English, as settings that a browser keeps name it), how alike, and how right at the least; printed: the row of the paper that it is held against. */
export interface OurRow {
  slug: string;
  name: string;
  form: string;
  title: string;
  cosine: number;
  accuracy: number;
  printed: number | null;
}

/** Two models side by side: test pictures to rebuild, names, pixels as base64 of bytes, their latents in each, which was shown one half of them alone where `shown` is its name. */
export interface PairProps {
  left: string;
  right: string;
  draw: number;
  shown: string;
  originals: boolean;
  note: string;
  names: Array<string>;
  pixels: string;
  latents: Array<Array<Array<number>>>;
}

/** The paper's Table 4 beside what was found here; family: of generators, which both draw by. */
export interface PaperProps {
  title: string;
  authors: string;
  link: string;
  family: string;
  printed: Array<PrintedRow>;
  ours: Array<OurRow>;
}

/** A row of the paper's Table 4: the model and form as it names them, theta and n where it prints one number. */
export interface PrintedRow {
  model: string;
  form: string;
  cosine: number;
  accuracy: number;
  theta: number | null;
  n: number;
}

/** The Quiz page: which of the two quizzes, the seed of its pictures, and the two classes of the second. */
export interface QuizProps {
  nonce: number;
  recipe: RecipeProps;
  dataset: DatasetRef;
  model: ModelRef;
  methods: Array<Method>;
  depths: Array<string>;
  kind: string;
  turn: number;
  between: Array<string>;
}

/** `Recipe.to_json()`: amounts by class name, and the rest of the recipe. */
export interface RecipeProps {
  data: string;
  model: string;
  w: Record<string, number>;
  theta: number;
  n: number;
  seed: number;
  method: string;
  depth: number;
  k: number;
  pattern: string;
  where: string;
}

/** What stands below the mixer; stories only once a presentation has asked for them. */
export interface ShowingProps {
  nonce: number;
  tiles: Array<Tile>;
  stories: Array<Story>;
  depths: Array<string>;
}

/** Of a linear model: each component's share of the variance, and the error per pixel of n test pictures by k. */
export interface SpectrumProps {
  share: Array<number>;
  error: Array<number>;
  n: number;
}

/** A preset in a presentation: what is asked, what is told, and all that its picture needs. */
export interface Story {
  key: string;
  title: string;
  ask: string;
  told: string;
  recipe: RecipeProps;
  dataset: DatasetRef;
  model: ModelRef;
  methods: Array<Method>;
}

/** Test pictures to rebuild: names, pixels as base64 of bytes, and their latents in both models, which were shown one half of them alone where `shown` is its name. */
export interface TestPictures {
  which: string;
  draw: number;
  shown: string;
  originals: boolean;
  note: string;
  names: Array<string>;
  pixels: string;
  linear: Array<Array<number>>;
  vae: Array<Array<number>>;
}

/** The sheet of all pictures: file in the dataset's folder, tiles per line. */
export interface ThumbsRef {
  file: string;
  columns: number;
  kind: "original" | "reconstruction";
  note: string;
}

/** A preset in the gallery; query is its link's, shown whether the mixer shows it, ground and enlarge as of its dataset; see `pages.parts.presets`. */
export interface Tile {
  key: string;
  title: string;
  query: string;
  shown: boolean;
  ground: Array<number>;
  enlarge: "crisp" | "smooth";
}

/** How the Generate page draws: family, filter, mode. */
export interface Way {
  family: string;
  tau: number | null;
  mode: string;
}
