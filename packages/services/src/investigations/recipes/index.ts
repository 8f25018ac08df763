import { blank } from "./blank.ts";
import { dataLeak } from "./data-leak.ts";
import type { Recipe } from "./define-recipe.ts";
import { failedOperation } from "./failed-operation.ts";
import { oneUser } from "./one-user.ts";
import { whatChanged } from "./what-changed.ts";

export type { Recipe, RecipeStep, StepShow } from "./define-recipe.ts";

/** Every recipe, as the console offers them. A new one is a file beside this one and a line here. */
export const recipes: readonly Recipe[] = [whatChanged, oneUser, dataLeak, failedOperation, blank];

/** Undefined for one that a newer Daybook knew. */
export const recipeOf = (id: string): Recipe | undefined => recipes.find((recipe) => recipe.id === id);
