// Methods whose arguments differ from their LibTorch operator's.
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor T => Aten.numpy_T.Call(this);
        public Tensor mT => Aten.mT.Call(this);
        public Tensor H => Aten.matrix_H.Call(this);
        public Tensor mH => Aten.mH.Call(this);

        public Tensor squeeze(long? dim = null) => dim is long d ? Aten.squeeze_dim.Call(this, d) : Aten.squeeze.Call(this);
        public Tensor squeeze_(long? dim = null) => dim is long d ? Aten.squeeze__dim.InPlace(this, d) : Aten.squeeze_.InPlace(this);
        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());
        public Tensor[] split(long[] sizes, long dim = 0) => Aten.split_with_sizes.CallList(this, sizes, dim);
        public Tensor[] split(params long[] sizes) => split(sizes, 0L);
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => split(sizes.ToArray(), dim);
        public Tensor[] split(long size, int dim = 0) => Aten.split_Tensor.CallList(this, size, (long)dim);
        public Tensor[] hsplit(Tensor indices) => hsplit(indices.data<long>().ToArray());
        public Tensor[] vsplit(Tensor indices) => vsplit(indices.data<long>().ToArray());
        public Tensor[] dsplit(Tensor indices) => dsplit(indices.data<long>().ToArray());
        public Tensor[] dsplit((long, long) indices_or_sections) => dsplit([indices_or_sections.Item1, indices_or_sections.Item2]);
        public Tensor[] dsplit((long, long, long) indices_or_sections) => dsplit([indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3]);
        public Tensor[] dsplit((long, long, long, long) indices_or_sections) => dsplit([indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3, indices_or_sections.Item4]);
        public Tensor roll(long shifts, long? dims = null) => Aten.roll.Call(this, new[] { shifts }, dims is long d ? new[] { d } : Array.Empty<long>());
        public Tensor roll((long, long) shifts, (long, long) dims) => Aten.roll.Call(this, new[] { shifts.Item1, shifts.Item2 }, new[] { dims.Item1, dims.Item2 });
        public Tensor roll((long, long, long) shifts, (long, long, long) dims) => Aten.roll.Call(this, new[] { shifts.Item1, shifts.Item2, shifts.Item3 }, new[] { dims.Item1, dims.Item2, dims.Item3 });
        public Tensor rot90(long k = 1, (long, long)? dims = null) => Aten.rot90.Call(this, k, dims is var (a, b) ? new[] { a, b } : new long[] { 0, 1 });
        public Tensor tensordot(Tensor b, long dims = 2) => tensordot(b, Enumerable.Range((int)(ndim - dims), (int)dims).Select(d => (long)d).ToArray(), Enumerable.Range(0, (int)dims).Select(d => (long)d).ToArray());
        public Tensor tensordot(Tensor b, (long, long)[] dims) => tensordot(b, Array.ConvertAll(dims, pair => pair.Item1), Array.ConvertAll(dims, pair => pair.Item2));
        public Tensor take_along_dim(IEnumerable<long> indices) => take_along_dim(indices, 0);

        public Tensor take_along_dim(IEnumerable<long> indices, long dim)
        {
            using var positions = tensor(indices.ToArray(), device: device);
            return take_along_dim(positions, dim);
        }

        public static (Tensor values, Tensor indices) kthvalue(Tensor input, long k, long? dim, bool keepdim = false) => input.kthvalue(k, dim, keepdim);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) => Aten.sort_stable.Call2(this, stable, dim, descending);
        public Tensor count_nonzero(long[]? dims = null) => dims is null ? Aten.count_nonzero.Call(this, Argument.None) : Aten.count_nonzero_dim_IntList.Call(this, dims);
        public Tensor where(Tensor condition, Tensor y) => Aten.where_self.Call(condition, this, y);
        public Tensor round(long decimals = 0) => decimals == 0 ? Aten.round.Call(this) : Aten.round_decimals.Call(this, decimals);
        public Tensor round_(long decimals = 0) => decimals == 0 ? Aten.round_.InPlace(this) : Aten.round__decimals.InPlace(this, decimals);
        public Tensor vander(long N = -1, bool increasing = false) => Aten.vander.Call(this, N == -1 ? Argument.None : N, increasing);
        public Tensor polygamma(long p) => Aten.polygamma.Call(p, this);
        public Tensor polygamma_(long p) => Aten.polygamma_.InPlace(this, p);
        public Tensor pinverse(double rcond = 1e-15, bool hermitian = false) => Aten.pinverse.Call(this, rcond);
        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Aten.histc.Call(this, bins, min, max);
        public Tensor random_(double from, double to, Generator? generator = null) => Aten.random__from.InPlace(this, (long)from, (long)to, generator);
        public Tensor arctan(Tensor other) => Aten.atan2.Call(this, other);
        public Tensor arctan_(Tensor other) => Aten.atan2_.InPlace(this, other);
        public Tensor gelu(Modules.GELU.Approximate approximate) => Aten.gelu.Call(this, approximate.ToString());
        public Tensor gelu_(Modules.GELU.Approximate approximate) => Aten.gelu_.InPlace(this, approximate.ToString());

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) => Aten.allclose.CallBool(this, target, rtol, atol, equal_nan);

        public Tensor norm(float p = 2) => Aten.linalg_vector_norm.Call(this, (double)p);
        public Tensor norm(int dim, bool keepdim = false, float p = 2) => Aten.linalg_vector_norm.Call(this, (double)p, new long[] { dim }, keepdim);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(Aten.amax.Call(this, dims, keepdim), @out);
        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => amax(dims.ToArray(), keepdim, @out);
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(Aten.amin.Call(this, dims, keepdim), @out);
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => amin(dims.ToArray(), keepdim, @out);
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1, dim2], keepdim, type);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Aten.div_Tensor.Call(this, target) : Aten.div_Tensor_mode.Call(this, target, rounding_mode.ToString());
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Aten.div_Scalar.Call(this, target) : Aten.div_Scalar_mode.Call(this, target, rounding_mode.ToString());
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Aten.div__Tensor.InPlace(this, target) : Aten.div__Tensor_mode.InPlace(this, target, rounding_mode.ToString());
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Aten.div__Scalar.InPlace(this, target) : Aten.div__Scalar_mode.InPlace(this, target, rounding_mode.ToString());
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);
        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var found = dim is int d ? Aten.unique_dim.Call3(this, (long)d, sorted, return_inverse, return_counts) : Aten._unique2.Call3(this, sorted, return_inverse, return_counts);
            return Asked(found, return_inverse, return_counts);
        }

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(bool return_inverse = false, bool return_counts = false, int? dim = null) =>
            Asked(Aten.unique_consecutive.Call3(this, return_inverse, return_counts, Argument.Optional(dim)), return_inverse, return_counts);

        // What was not asked for is null, as in the package, not LibTorch's empty tensor.
        private static (Tensor, Tensor?, Tensor?) Asked((Tensor Values, Tensor Inverse, Tensor Counts) found, bool inverse, bool counts)
        {
            if (!inverse) found.Inverse.Dispose();
            if (!counts) found.Counts.Dispose();
            return (found.Values, inverse ? found.Inverse : null, counts ? found.Counts : null);
        }

        private static Tensor Into(Tensor result, Tensor? target)
        {
            if (target is null) return result;
            target.copy_(result);
            result.Dispose();
            return target;
        }
    }
}
