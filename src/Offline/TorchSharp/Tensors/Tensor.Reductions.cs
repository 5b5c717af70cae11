// Tensor methods: sums, extremes, sorting and statistics; each one is one LibTorch operator.
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor all() => Aten.all.Call(this);
        public Tensor all(long dim, bool keepdim = false) => Aten.all_dim.Call(this, dim, keepdim);
        public Tensor amax(params long[] dims) => Aten.amax.Call(this, dims);
        public Tensor amin(params long[] dims) => Aten.amin.Call(this, dims);
        public (Tensor, Tensor) aminmax(long? dim = null, bool keepdim = false) => Aten.aminmax.Call2(this, Argument.Optional(dim), keepdim);
        public Tensor any() => Aten.any.Call(this);
        public Tensor any(long dim, bool keepdim = false) => Aten.any_dim.Call(this, dim, keepdim);
        public Tensor argmax() => Aten.argmax.Call(this);
        public Tensor argmax(long dim, bool keepdim = false) => Aten.argmax.Call(this, dim, keepdim);
        public Tensor argmin() => Aten.argmin.Call(this);
        public Tensor argmin(long dim, bool keepdim = false) => Aten.argmin.Call(this, dim, keepdim);
        public Tensor argsort(long dim = -1, bool descending = false) => Aten.argsort.Call(this, dim, descending);
        public Tensor bincount(Tensor? weights, long minlength = 0) => Aten.bincount.Call(this, weights, minlength);
        public Tensor corrcoef() => Aten.corrcoef.Call(this);
        public Tensor cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null) => Aten.cov.Call(this, correction, fweights, aweights);
        public (Tensor, Tensor) cummax(long dim) => Aten.cummax.Call2(this, dim);
        public (Tensor, Tensor) cummin(long dim) => Aten.cummin.Call2(this, dim);
        public Tensor cumprod(long dim, ScalarType? type = null) => Aten.cumprod.Call(this, dim, Argument.Optional(type));
        public Tensor cumsum(long dim, ScalarType? type = null) => Aten.cumsum.Call(this, dim, Argument.Optional(type));
        public Tensor cumulative_trapezoid(Tensor x, long dim = -1) => Aten.cumulative_trapezoid_x.Call(this, x, dim);
        public Tensor cumulative_trapezoid(double dx = 1, long dim = -1) => Aten.cumulative_trapezoid_dx.Call(this, dx, dim);
        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) => Aten.diff.Call(this, n, dim, prepend, append);
        public Tensor dist(Tensor other, float p = 2) => Aten.dist.Call(this, other, (double)p);
        public (Tensor, Tensor) kthvalue(long k, long? dim, bool keepdim = false) => Aten.kthvalue.Call2(this, k, Argument.Optional(dim), keepdim);
        public Tensor logcumsumexp(long dim) => Aten.logcumsumexp.Call(this, dim);
        public Tensor logsumexp(long dim, bool keepdim = false) => Aten.logsumexp.Call(this, new long[] { dim }, keepdim);
        public (Tensor, Tensor) max(long dim, bool keepdim = false) => Aten.max_dim.Call2(this, dim, keepdim);
        public Tensor max() => Aten.max.Call(this);
        public Tensor max(Tensor other) => Aten.max_other.Call(this, other);
        public Tensor mean() => Aten.mean.Call(this);
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Aten.mean_dim.Call(this, dimensions, keepdim, Argument.Optional(type));
        public Tensor median() => Aten.median.Call(this);
        public (Tensor, Tensor) min(long dim, bool keepdim = false) => Aten.min_dim.Call2(this, dim, keepdim);
        public Tensor min() => Aten.min.Call(this);
        public Tensor min(Tensor other) => Aten.min_other.Call(this, other);
        public (Tensor, Tensor) mode(long dim = -1, bool keepdim = false) => Aten.mode.Call2(this, dim, keepdim);
        public Tensor msort() => Aten.msort.Call(this);
        public Tensor nanmedian() => Aten.nanmedian.Call(this);
        public Tensor nanquantile(Tensor q, long dim = -1, bool keepdim = false) => Aten.nanquantile.Call(this, q, dim, keepdim);
        public Tensor nansum() => Aten.nansum.Call(this);
        public Tensor prod(ScalarType? type = null) => Aten.prod.Call(this, Argument.Optional(type));
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Aten.prod_dim_int.Call(this, dim, keepdim, Argument.Optional(type));
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Aten.quantile.Call(this, q, dim, keepdim);
        public Tensor std(bool unbiased = true) => Aten.std.Call(this, unbiased);
        public (Tensor, Tensor) std_mean(bool unbiased = true) => Aten.std_mean.Call2(this, unbiased);
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => Aten.sum_dim_IntList.Call(this, dim.ToArray(), keepdim, Argument.Optional(type));
        public Tensor sum(ScalarType? type = null) => Aten.sum.Call(this, Argument.Optional(type));
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Aten.sum_dim_IntList.Call(this, new long[] { dim }, keepdim, Argument.Optional(type));
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Aten.sum_dim_IntList.Call(this, dim, keepdim, Argument.Optional(type));
        public (Tensor, Tensor) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => Aten.topk.Call2(this, k, dim, largest, sorted);
        public Tensor trace() => Aten.trace.Call(this);
        public Tensor trapezoid(Tensor x, long dim = -1) => Aten.trapezoid_x.Call(this, x, dim);
        public Tensor trapezoid(double dx = 1, long dim = -1) => Aten.trapezoid_dx.Call(this, dx, dim);
        public Tensor var(bool unbiased = true) => Aten.var.Call(this, unbiased);
        public (Tensor, Tensor) var_mean(bool unbiased = true) => Aten.var_mean.Call2(this, unbiased);
    }
}
