// What Adam and AdamW share: running means of the gradient and of its square, and the step along them.
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Optimizers;

internal static class Moments
{
    internal static Tensor Zero(Parameter parameter) => zeros_like(parameter).DetachFromDisposeScope();
    internal static Tensor Copy(Tensor source, Parameter parameter) => source.to(parameter.device, copy: true).DetachFromDisposeScope();
    internal static Tensor Move(Tensor tensor, Device device) => tensor.to(device, disposeAfter: true).DetachFromDisposeScope();

    /// <summary>One bias-corrected step; with <paramref name="largest"/> the denominator never shrinks (AMSGrad).</summary>
    internal static void Step(Parameter parameter, Tensor grad, long step, Tensor mean, Tensor square, Tensor? largest, (double Rate, double Beta1, double Beta2, double Eps) options)
    {
        mean.mul_(options.Beta1).add_(grad, 1 - options.Beta1);
        square.mul_(options.Beta2).addcmul_(grad, grad, 1 - options.Beta2);
        var second = largest is null ? square : largest.copy_(maximum(largest, square));
        double correction1 = 1 - Math.Pow(options.Beta1, step), correction2 = 1 - Math.Pow(options.Beta2, step);
        var denominator = second.sqrt().div_(Math.Sqrt(correction2)).add_(options.Eps);
        parameter.addcdiv_(mean, denominator, -options.Rate / correction1);
    }

    internal static bool Close(Tensor? left, Tensor? right) => left is null ? right is null : right is not null && left.allclose(right);
}
