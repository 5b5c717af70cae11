// A tensor that modules register and optimizers train.
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        public class Parameter : Tensor
        {
            /// <summary>Takes over data's native tensor: data is empty afterwards, and its dispose scope owns the parameter instead.</summary>
            public Parameter(Tensor data, bool requires_grad = true) : base(data.with_requires_grad(requires_grad).MoveHandle(), register: false) =>
                DisposeScope.Replace(data, this);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
