// Written by `make types` from pages/parts/terms.py: terms that a visitor meets.

export const TERMS = {
  "judge": {
    "title": "Judge network",
    "said": "A small network that learned from mixed pictures to say which classes are in one. It only scores and never steers a blend.",
    "anchor": "8-who-is-in-the-picture"
  },
  "bits": {
    "title": "Bits",
    "said": "How strongly a picture speaks for a class, in doublings: +1 is two to one that it is in, +2 four to one, -1 two to one that it is not.",
    "anchor": "8-who-is-in-the-picture"
  },
  "sharpness": {
    "title": "Sharpness",
    "said": "1 is as crisp as a real picture, 0 is a grey blur. It stands beside the count because a blur that hints at everything would always win.",
    "anchor": "8-who-is-in-the-picture"
  },
  "removal": {
    "title": "Remove-one test",
    "said": "Each class is taken out of the blend in turn. If its own score does not fall, it was not really there.",
    "anchor": "8-who-is-in-the-picture"
  },
  "theta": {
    "title": "Variety (theta)",
    "said": "How far each class may step away from its typical picture: at 0 it is the typical one, at 1 it varies as much as real pictures do.",
    "anchor": "1-what-you-see"
  },
  "centre": {
    "title": "Centre of mass",
    "said": "The codes of all classes are averaged, and the network draws that one code. Crisp, but often a picture of something else.",
    "anchor": "3-why-an-average-of-many-classes-looks-like-one-of-them"
  },
  "eigen": {
    "title": "Eigen-image",
    "said": "An average made of the main ways in which pictures differ (principal components). No network is used.",
    "anchor": "5-eigen-images"
  },
  "plain": {
    "title": "Plain average",
    "said": "The typical pictures of all classes laid over each other, pixel by pixel. No network is used.",
    "anchor": "3-why-an-average-of-many-classes-looks-like-one-of-them"
  },
  "map": {
    "title": "The map",
    "said": "A dot for every picture, alike ones near each other. PCA is a straight shadow and exact; UMAP keeps neighbours together and is estimated.",
    "anchor": "4-maps-and-what-they-leave-out"
  }
};
