// One entry of an index expression: a position, a range, an ellipsis, a new axis, a mask or positions as a tensor.
namespace TorchSharp;

public static partial class torch
{
    public struct TensorIndex
    {
        internal enum Form { None, Null, Ellipsis, Single, Slice, Bool, Tensor }

        internal Form form;
        internal long? start, stop, step;
        internal Tensor? tensor;

        public static readonly TensorIndex Ellipsis = new() { form = Form.Ellipsis };
        public static readonly TensorIndex None = new() { form = Form.None };
        public static readonly TensorIndex Null = new() { form = Form.Null };
        public static readonly TensorIndex Colon = Slice();

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new() { form = Form.Slice, start = start, stop = stop, step = step };
        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(Position(range.Start), range.End is { IsFromEnd: true, Value: 0 } ? null : Position(range.End));

        public static TensorIndex Bool(bool value) => new() { form = Form.Bool, start = value ? 1 : 0 };
        public static TensorIndex Single(long? index) => new() { form = Form.Single, start = index };
        public static TensorIndex Tensor(Tensor tensor) => new() { form = Form.Tensor, tensor = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);
        public static implicit operator TensorIndex(Range range) => Slice(range);
        public static implicit operator TensorIndex(Index index) => Single(Position(index));
        public static implicit operator Tensor(TensorIndex value) => value.tensor!;

        private static long Position(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
