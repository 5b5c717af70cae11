// How element types combine, complex numbers, means without NaN.
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static ScalarType promote_types(ScalarType type1, ScalarType type2) => (ScalarType)Aten.promote_types.CallScalar(type1, type2).AsLong;
    public static ScalarType result_type(Tensor tensor1, Tensor tensor2) => (ScalarType)Aten.result_type_Tensor.CallScalar(tensor1, tensor2).AsLong;
    public static bool can_cast(ScalarType from, ScalarType to) => Aten.can_cast.CallBool(from, to);
    public static Tensor complex(Tensor real, Tensor imag) => Aten.complex.Call(real, imag);
    public static Tensor polar(Tensor abs, Tensor angle) => Aten.polar.Call(abs, angle);
    public static Tensor nanmean(Tensor input, int? dim = null, bool keepdim = false, ScalarType? dtype = null) => input.nanmean(dim, keepdim, dtype);

    public partial class Tensor
    {
        public Tensor nanmean(int? dim = null, bool keepdim = false, ScalarType? dtype = null) =>
            Aten.nanmean.Call(this, dim is int d ? new long[] { d } : Argument.None, keepdim, Argument.Optional(dtype));

        internal Tensor resize_(long[] size) => Aten.resize_.InPlace(this, size);
    }
}
