// The part of onnxruntime-web that the engine uses, for the type checker; the library itself is unchanged.

export type Numbers = Float32Array | BigInt64Array | Int32Array | Uint8Array;

export class Tensor {
  constructor(data: Numbers, dims: readonly number[]);
  readonly data: any;
  readonly dims: number[];
}

export class InferenceSession {
  static create(
    bytes: Uint8Array,
    options?: { executionProviders?: string[]; graphOptimizationLevel?: "disabled" | "basic" | "extended" | "all" },
  ): Promise<InferenceSession>;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Record<string, Tensor>, fetches?: readonly string[]): Promise<Record<string, Tensor>>;
}

export const env: {
  logLevel: string;
  wasm: { numThreads: number; wasmPaths?: string; wasmBinary?: ArrayBuffer | Uint8Array };
};
