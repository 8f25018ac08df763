/** A PostgreSQL array literal; the driver knows no array types, because fetching them breaks its connect. */
export const arrayLiteral = (values: readonly string[]): string => `{${values.map((value) => `"${value.replace(/[\\"]/g, "\\$&")}"`).join(",")}}`;
