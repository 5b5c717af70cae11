// Modules that hold others: lists, dictionaries, sequences.
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp
{
    namespace Modules
    {
        public class ModuleList<T> : Module, IList<T> where T : Module
        {
            private readonly List<T> _list = [];
            private bool _listed;

            public ModuleList(params T[] modules) : base(nameof(ModuleList)) => _list.AddRange(modules);

            public T this[int index]
            {
                get => _list[index];
                set => _list[index] = value;
            }

            public int Count => _list.Count;
            public bool IsReadOnly => false;
            public void Add(T item) => _list.Add(item);
            public void append(params T[] parameters) => _list.AddRange(parameters);
            public void extend(IEnumerable<T> modules) => _list.AddRange(modules);
            public void Clear() => _list.Clear();
            public bool Contains(T item) => _list.Contains(item);
            public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);
            public int IndexOf(T item) => _list.IndexOf(item);
            public void Insert(int index, T item) => _list.Insert(index, item);
            public bool Remove(T item) => _list.Remove(item);
            public void RemoveAt(int index) => _list.RemoveAt(index);
            public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

            // Names are positions, fixed when the owner registers the list: what is added later is not registered.
            protected override void RegisterComponents()
            {
                if (_listed) return;
                for (int k = 0; k < _list.Count; k++) register_module($"{k}", _list[k]);
                _listed = true;
            }
        }

        public class ModuleDict<T> : Module, IDictionary<string, T> where T : Module
        {
            private readonly OrderedDict<string, T> _items = new();
            private bool _listed;

            public ModuleDict() : base(nameof(ModuleDict)) { }

            internal ModuleDict((string, T)[] modules) : this()
            {
                foreach (var (key, module) in modules) _items.Add(key, module);
            }

            public T this[string key]
            {
                get => _items[key];
                set => _items[key] = value;
            }

            public (string, T) this[int index]
            {
                get => _items[index];
                set => _items[index] = value;
            }

            public ICollection<string> Keys => _items.Keys;
            public ICollection<T> Values => _items.Values;
            public int Count => _items.Count;
            public bool IsReadOnly => false;
            public IEnumerable<string> keys() => _items.keys();
            public IEnumerable<T> values() => _items.values();
            public IEnumerator<(string, T)> items() => _items.items();
            public void Add(string key, T value) => _items.Add(key, value);
            public void Add(KeyValuePair<string, T> item) => _items.Add(item);
            public void Add((string, T) item) => _items.Add(item);
            public void Clear() => _items.Clear();
            public bool Contains(KeyValuePair<string, T> item) => _items.Contains(item);
            public bool Contains((string, T) item) => _items.Contains(item);
            public bool ContainsKey(string key) => _items.ContainsKey(key);
            public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);
            public void CopyTo((string, T)[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);
            public bool Remove(string key) => _items.Remove(key);
            public bool Remove((string, T) item) => _items.Remove(item);
            public bool Remove(KeyValuePair<string, T> item) => _items.Remove(item);
            public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _items.TryGetValue(key, out value);
            public IEnumerator<(string, T)> GetEnumerator() => _items.GetEnumerator();

            IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() => ((IEnumerable<KeyValuePair<string, T>>)_items).GetEnumerator();

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

            protected override void RegisterComponents()
            {
                if (_listed) return;
                foreach (var (key, module) in _items) register_module(key, module);
                _listed = true;
            }
        }

        public class Sequential : Module<Tensor, Tensor>
        {
            private readonly List<IModule<Tensor, Tensor>> _modules = [];

            public Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) : base(nameof(Sequential))
            {
                foreach (var (key, module) in modules) append(key, module);
            }

            public Sequential(params Module<Tensor, Tensor>[] modules) : base(nameof(Sequential))
            {
                foreach (var module in modules) append(module);
            }

            public int Count => _modules.Count;
            public IModule<Tensor, Tensor> this[int index] => _modules[index];
            public Sequential this[(int? start, int? end) index] => this[(index.start ?? 0)..(index.end ?? Count)];

            /// <summary>Part of the sequence, on the same modules.</summary>
            public Sequential this[Range index]
            {
                get
                {
                    var part = new Sequential(Array.Empty<Module<Tensor, Tensor>>());
                    foreach (var module in _modules[index]) part.append(module);
                    return part;
                }
            }

            public Sequential append(IModule<Tensor, Tensor> module) => append(_modules.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), module);

            public Sequential append(string name, IModule<Tensor, Tensor> module)
            {
                register_module(name, (Module)module);
                _modules.Add(module);
                return this;
            }

            public override Tensor forward(Tensor tensor)
            {
                if (_modules.Count == 0) return tensor.alias();
                using var scope = NewDisposeScope();
                var result = tensor;
                foreach (var module in _modules) result = module.call(result);
                return result.MoveToOuterDisposeScope();
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);
            public static ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);
            public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => new(modules);
            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module => new(modules);
            public static Sequential Sequential() => new(Array.Empty<Module<Tensor, Tensor>>());
            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);
            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new(modules.ToArray());
            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new(modules.ToArray());
            public static Sequential Sequential(params Tuple<string, Module<Tensor, Tensor>>[] modules) => new(Array.ConvertAll(modules, pair => (pair.Item1, pair.Item2)));
            public static Sequential Sequential(IEnumerable<Tuple<string, Module<Tensor, Tensor>>> modules) => Sequential(modules.ToArray());
        }
    }
}
