// Index expressions: t[..], index and index_put_.
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[params long[] indices]
        {
            get => Pick(indices);
            set => Put(value, indices);
        }

        public Tensor this[long i1]
        {
            get => Pick(i1);
            set => Put(value, i1);
        }

        public Tensor this[long i1, long i2]
        {
            get => Pick(i1, i2);
            set => Put(value, i1, i2);
        }

        public Tensor this[long i1, long i2, long i3]
        {
            get => Pick(i1, i2, i3);
            set => Put(value, i1, i2, i3);
        }

        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => Pick(i1, i2, i3, i4);
            set => Put(value, i1, i2, i3, i4);
        }

        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => Pick(i1, i2, i3, i4, i5);
            set => Put(value, i1, i2, i3, i4, i5);
        }

        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => Pick(i1, i2, i3, i4, i5, i6);
            set => Put(value, i1, i2, i3, i4, i5, i6);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            using var temporaries = new Temporaries();
            var view = View(indices, temporaries, out var picks);
            if (picks is null) return temporaries.Release(view);
            return Aten.index_Tensor.Call(view, Argument.OptionalTensors(picks));
        }

        public Tensor index(params Tensor[] indices) => Aten.index_Tensor.Call(this, Argument.OptionalTensors(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);
        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) => Aten.index_put_.InPlace(this, Argument.OptionalTensors(indices), value, accumulate);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            using var temporaries = new Temporaries();
            var view = View(indices, temporaries, out var picks);
            if (picks is not null) Aten.index_put_.InPlace(view, Argument.OptionalTensors(picks), temporaries.Own(Fitting(value)), accumulate);
            else if (accumulate) Aten.add__Tensor.InPlace(view, value);
            else Aten.copy_.InPlace(view, temporaries.Own(Squeezed(value, view.ndim)));
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var filler = full([], value, dtype, device);
            return index_put_(filler, indices, false);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using var filler = full([], value, dtype, device);
            return index_put_(filler, indices, false);
        }

        // Positions become select, so that a view comes back and gradients stay cheap.
        private Tensor Pick(params ReadOnlySpan<long> positions)
        {
            using var temporaries = new Temporaries();
            var view = this;
            foreach (long position in positions) view = temporaries.Own(Aten.select_int.Call(view, 0L, position));
            return temporaries.Release(view);
        }

        private void Put(Tensor value, params ReadOnlySpan<long> positions)
        {
            using var view = Pick(positions);
            using var fitted = Squeezed(value, view.ndim);
            Aten.copy_.InPlace(view, fitted);
        }

        // index_put_ wants the value's type and device; a wrapper of its own, so that disposing it never touches the caller's.
        private Tensor Fitting(Tensor value) => value.to(dtype, value.ndim == 0 ? device : value.device);

        // Leading axes of length 1 in the value are dropped, as in PyTorch's assignment.
        private static Tensor Squeezed(Tensor value, long dimensions)
        {
            var sizes = value.shape;
            int drop = 0;
            while (sizes.Length - drop > dimensions && sizes[drop] == 1) drop++;
            return drop == 0 ? value.alias() : Aten.reshape.Call(value, sizes[drop..]);
        }

        /// <summary>Applies the parts of an index that make views; what is left for index() comes out in picks (null: nothing).</summary>
        private Tensor View(TensorIndex[] indices, Temporaries temporaries, out Tensor?[]? picks)
        {
            int consumed = 0;
            foreach (ref readonly var entry in indices.AsSpan()) consumed += Consumes(entry);
            var view = this;
            List<Tensor?>? found = null;
            int axis = 0;
            int folded = 0;   // axes beyond the first that masks have taken: index() counts a mask once
            foreach (ref readonly var entry in indices.AsSpan())
            {
                switch (entry.form)
                {
                    case TensorIndex.Form.Single:
                        view = temporaries.Own(Aten.select_int.Call(view, (long)axis, entry.start ?? 0));
                        break;
                    case TensorIndex.Form.Slice:
                        view = temporaries.Own(Aten.slice_Tensor.Call(view, (long)axis++, Argument.Optional(entry.start), Argument.Optional(entry.stop), entry.step ?? 1));
                        break;
                    case TensorIndex.Form.Ellipsis:
                        axis += (int)ndim - consumed;
                        break;
                    case TensorIndex.Form.None or TensorIndex.Form.Null:
                        view = temporaries.Own(Aten.unsqueeze.Call(view, (long)axis++));
                        break;
                    case TensorIndex.Form.Bool:
                        view = temporaries.Own(Aten.unsqueeze.Call(view, (long)axis));
                        Note(ref found, axis++ - folded, temporaries.Own(tensor(new[] { entry.start != 0 }, device: device)));
                        break;
                    case TensorIndex.Form.Tensor:
                        Note(ref found, axis - folded, entry.tensor!);
                        axis += Consumes(entry);
                        folded += Consumes(entry) - 1;
                        break;
                }
            }

            picks = found?.ToArray();
            return view;
        }

        private static int Consumes(in TensorIndex entry) => entry.form switch
        {
            TensorIndex.Form.Single or TensorIndex.Form.Slice => 1,
            TensorIndex.Form.Tensor => entry.tensor!.dtype is ScalarType.Bool or ScalarType.Byte ? (int)entry.tensor.ndim : 1,
            _ => 0,
        };

        private static void Note(ref List<Tensor?>? picks, int axis, Tensor index)
        {
            picks ??= [];
            while (picks.Count < axis) picks.Add(null);
            picks.Add(index);
        }

        /// <summary>Intermediate tensors of one expression, disposed with it whatever scope is open.</summary>
        private sealed class Temporaries : IDisposable
        {
            private readonly List<Tensor> _owned = [];

            internal Tensor Own(Tensor tensor)
            {
                _owned.Add(tensor);
                return tensor;
            }

            /// <summary>The result leaves with the caller; a tensor that is not ours comes back under a wrapper of its own.</summary>
            internal Tensor Release(Tensor tensor)
            {
                if (_owned.Count == 0 || !ReferenceEquals(_owned[^1], tensor)) return tensor.alias();
                _owned.RemoveAt(_owned.Count - 1);
                return tensor;
            }

            public void Dispose()
            {
                foreach (var tensor in _owned) tensor.Dispose();
            }
        }
    }
}
