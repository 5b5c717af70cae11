// Standard deviations and variances.
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public (Tensor, Tensor) std_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread2(Aten.std_mean_correction, [dim.Item1, dim.Item2], unbiased, keepdim, type);
        public (Tensor, Tensor) std_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread2(Aten.std_mean_correction, [dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);
        public (Tensor, Tensor) std_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread2(Aten.std_mean_correction, dimensions.ToArray(), unbiased, keepdim, type);
        public (Tensor, Tensor) std_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread2(Aten.std_mean_correction, [dim], unbiased, keepdim, type);
        public (Tensor, Tensor) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread2(Aten.std_mean_correction, dimensions, unbiased, keepdim, type);
        public (Tensor, Tensor) var_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread2(Aten.var_mean_correction, [dim.Item1, dim.Item2], unbiased, keepdim, type);
        public (Tensor, Tensor) var_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread2(Aten.var_mean_correction, [dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);
        public (Tensor, Tensor) var_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread2(Aten.var_mean_correction, dimensions.ToArray(), unbiased, keepdim, type);
        public (Tensor, Tensor) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread2(Aten.var_mean_correction, [dim], unbiased, keepdim, type);
        public (Tensor, Tensor) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread2(Aten.var_mean_correction, dimensions, unbiased, keepdim, type);
        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread(Aten.std_correction, [dim.Item1, dim.Item2], unbiased, keepdim, type);
        public Tensor std((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread(Aten.std_correction, [dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread(Aten.std_correction, dimensions.ToArray(), unbiased, keepdim, type);
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread(Aten.std_correction, [dim], unbiased, keepdim, type);
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread(Aten.std_correction, dimensions, unbiased, keepdim, type);
        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread(Aten.var_correction, [dim.Item1, dim.Item2], unbiased, keepdim, type);
        public Tensor var((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread(Aten.var_correction, [dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread(Aten.var_correction, dimensions.ToArray(), unbiased, keepdim, type);
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread(Aten.var_correction, [dim], unbiased, keepdim, type);
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Spread(Aten.var_correction, dimensions, unbiased, keepdim, type);

        // LibTorch counts what to subtract from n; "unbiased" subtracts one. A type is applied before, as the package does.
        private Tensor Spread(Operator op, long[] dims, bool unbiased, bool keepdim, ScalarType? type) =>
            type is ScalarType t ? to_type(t).Spread(op, dims, unbiased, keepdim, null) : op.Call(this, dims, unbiased ? 1L : 0L, keepdim);

        private (Tensor, Tensor) Spread2(Operator op, long[] dims, bool unbiased, bool keepdim, ScalarType? type) =>
            type is ScalarType t ? to_type(t).Spread2(op, dims, unbiased, keepdim, null) : op.Call2(this, dims, unbiased ? 1L : 0L, keepdim);
    }
}
