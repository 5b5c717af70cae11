// Tensor methods: elementwise functions in place; each one is one LibTorch operator.
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs_() => Aten.abs_.InPlace(this);
        public Tensor absolute_() => Aten.absolute_.InPlace(this);
        public Tensor acos_() => Aten.acos_.InPlace(this);
        public Tensor acosh_() => Aten.acosh_.InPlace(this);
        public Tensor add_(Scalar scalar) => Aten.add__Scalar.InPlace(this, scalar);
        public Tensor add_(Scalar scalar, Scalar alpha) => Aten.add__Scalar.InPlace(this, scalar, alpha);
        public Tensor add_(Tensor target) => Aten.add__Tensor.InPlace(this, target);
        public Tensor add_(Tensor target, Scalar alpha) => Aten.add__Tensor.InPlace(this, target, alpha);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Aten.addcdiv_.InPlace(this, tensor1, tensor2);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.addcdiv_.InPlace(this, tensor1, tensor2, value);
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.addcmul_.InPlace(this, tensor1, tensor2, value);
        public Tensor arccos_() => Aten.arccos_.InPlace(this);
        public Tensor arccosh_() => Aten.arccosh_.InPlace(this);
        public Tensor arcsin_() => Aten.arcsin_.InPlace(this);
        public Tensor arcsinh_() => Aten.arcsinh_.InPlace(this);
        public Tensor arctan2_(Tensor other) => Aten.arctan2_.InPlace(this, other);
        public Tensor arctan_() => Aten.arctan_.InPlace(this);
        public Tensor arctanh_() => Aten.arctanh_.InPlace(this);
        public Tensor asin_() => Aten.asin_.InPlace(this);
        public Tensor asinh_() => Aten.asinh_.InPlace(this);
        public Tensor atan2_(Tensor other) => Aten.atan2_.InPlace(this, other);
        public Tensor atan_() => Aten.atan_.InPlace(this);
        public Tensor atanh_() => Aten.atanh_.InPlace(this);
        public Tensor ceil_() => Aten.ceil_.InPlace(this);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Aten.clamp_.InPlace(this, min, max);
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Aten.clamp__Tensor.InPlace(this, min, max);
        public Tensor clamp_max_(Scalar max) => Aten.clamp_max_.InPlace(this, max);
        public Tensor clamp_min_(Scalar min) => Aten.clamp_min_.InPlace(this, min);
        public Tensor copysign_(Tensor other) => Aten.copysign__Tensor.InPlace(this, other);
        public Tensor cos_() => Aten.cos_.InPlace(this);
        public Tensor cosh_() => Aten.cosh_.InPlace(this);
        public Tensor deg2rad_() => Aten.deg2rad_.InPlace(this);
        public Tensor digamma_() => Aten.digamma_.InPlace(this);
        public Tensor erf_() => Aten.erf_.InPlace(this);
        public Tensor erfc_() => Aten.erfc_.InPlace(this);
        public Tensor erfinv_() => Aten.erfinv_.InPlace(this);
        public Tensor exp2_() => Aten.exp2_.InPlace(this);
        public Tensor exp_() => Aten.exp_.InPlace(this);
        public Tensor expm1_() => Aten.expm1_.InPlace(this);
        public Tensor fix_() => Aten.fix_.InPlace(this);
        public Tensor float_power_(Tensor target) => Aten.float_power__Tensor.InPlace(this, target);
        public Tensor floor_() => Aten.floor_.InPlace(this);
        public Tensor floor_divide_(Scalar other) => Aten.floor_divide__Scalar.InPlace(this, other);
        public Tensor floor_divide_(Tensor other) => Aten.floor_divide__Tensor.InPlace(this, other);
        public Tensor fmod_(Scalar scalar) => Aten.fmod__Scalar.InPlace(this, scalar);
        public Tensor fmod_(Tensor target) => Aten.fmod__Tensor.InPlace(this, target);
        public Tensor frac_() => Aten.frac_.InPlace(this);
        public Tensor gcd_(Tensor other) => Aten.gcd_.InPlace(this, other);
        public Tensor heaviside_(Tensor other) => Aten.heaviside_.InPlace(this, other);
        public Tensor i0_() => Aten.i0_.InPlace(this);
        public Tensor lcm_(Tensor other) => Aten.lcm_.InPlace(this, other);
        public Tensor ldexp_(Tensor other) => Aten.ldexp_.InPlace(this, other);
        public Tensor lerp_(Tensor end, Tensor weight) => Aten.lerp__Tensor.InPlace(this, end, weight);
        public Tensor lgamma_() => Aten.lgamma_.InPlace(this);
        public Tensor log10_() => Aten.log10_.InPlace(this);
        public Tensor log1p_() => Aten.log1p_.InPlace(this);
        public Tensor log2_() => Aten.log2_.InPlace(this);
        public Tensor log_() => Aten.log_.InPlace(this);
        public Tensor logit_(double? eps = null) => Aten.logit_.InPlace(this, Argument.Optional(eps));
        public Tensor mul_(Scalar target) => Aten.mul__Scalar.InPlace(this, target);
        public Tensor mul_(Tensor target) => Aten.mul__Tensor.InPlace(this, target);
        public Tensor mvlgamma_(long p) => Aten.mvlgamma_.InPlace(this, p);
        public Tensor nan_to_num_(double nan = 0, double? posinf = null, double? neginf = null) => Aten.nan_to_num_.InPlace(this, nan, Argument.Optional(posinf), Argument.Optional(neginf));
        public Tensor neg_() => Aten.neg_.InPlace(this);
        public Tensor nextafter_(Tensor other) => Aten.nextafter_.InPlace(this, other);
        public Tensor pow_(Scalar exponent) => Aten.pow__Scalar.InPlace(this, exponent);
        public Tensor pow_(Tensor exponent) => Aten.pow__Tensor.InPlace(this, exponent);
        public Tensor rad2deg_() => Aten.rad2deg_.InPlace(this);
        public Tensor reciprocal_() => Aten.reciprocal_.InPlace(this);
        public Tensor remainder_(Scalar scalar) => Aten.remainder__Scalar.InPlace(this, scalar);
        public Tensor remainder_(Tensor target) => Aten.remainder__Tensor.InPlace(this, target);
        public Tensor rsqrt_() => Aten.rsqrt_.InPlace(this);
        public Tensor sgn_() => Aten.sgn_.InPlace(this);
        public Tensor sign_() => Aten.sign_.InPlace(this);
        public Tensor sin_() => Aten.sin_.InPlace(this);
        public Tensor sinc_() => Aten.sinc_.InPlace(this);
        public Tensor sinh_() => Aten.sinh_.InPlace(this);
        public Tensor sqrt_() => Aten.sqrt_.InPlace(this);
        public Tensor sub_(Scalar target) => Aten.sub__Scalar.InPlace(this, target);
        public Tensor sub_(Tensor target) => Aten.sub__Tensor.InPlace(this, target);
        public Tensor subtract_(Scalar target) => Aten.subtract__Scalar.InPlace(this, target);
        public Tensor subtract_(Tensor target) => Aten.subtract__Tensor.InPlace(this, target);
        public Tensor tan_() => Aten.tan_.InPlace(this);
        public Tensor true_divide_(Scalar other) => Aten.true_divide__Scalar.InPlace(this, other);
        public Tensor true_divide_(Tensor other) => Aten.true_divide__Tensor.InPlace(this, other);
        public Tensor trunc_() => Aten.trunc_.InPlace(this);
        public Tensor xlogy_(Scalar y) => Aten.xlogy__Scalar_Other.InPlace(this, y);
        public Tensor xlogy_(Tensor y) => Aten.xlogy__Tensor.InPlace(this, y);
    }
}
