// Scopes that own the tensors made while they are the innermost one, and dispose them at their end.
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp
{
    public sealed class DisposeScope : IDisposable
    {
        private DisposeScopeManager? _manager;
        private HashSet<IDisposable> _owned = NewSet();

        internal DisposeScope(DisposeScopeManager manager)
        {
            _manager = manager;
            OuterScope = manager.CurrentDisposeScope;
        }

        internal DisposeScope? OuterScope { get; set; }

        public IReadOnlyList<IDisposable> DisposablesView => Alive(_owned.ToArray());
        public int DisposablesCount => Alive(_owned.Count);
        public bool Contains(IDisposable disposable) => _owned.Contains(disposable);

        public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);
        public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);
        public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope, disposable);
        public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable => MoveToOther(OuterScope, first, second);
        public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third) where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable => MoveToOther(OuterScope, first, second, third);

        public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

        public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
        {
            MoveToOther(scope, new IDisposable[] { disposable });
            return disposable;
        }

        public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
        {
            MoveToOther(scope, new IDisposable[] { first, second });
            return (first, second);
        }

        public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third) where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
        {
            MoveToOther(scope, new IDisposable[] { first, second, third });
            return (first, second, third);
        }

        public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
        {
            Alive(this);
            if (scope is null)
            {
                Detach(disposables);
                return;
            }

            foreach (var disposable in disposables)
            {
                if (_owned.Remove(disposable)) scope.Own(disposable);
            }
        }

        public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

        public T Detach<T>(T disposable) where T : IDisposable
        {
            Detach(new IDisposable[] { disposable });
            return disposable;
        }

        public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
        {
            Detach(new IDisposable[] { first, second });
            return (first, second);
        }

        public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third) where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
        {
            Detach(new IDisposable[] { first, second, third });
            return (first, second, third);
        }

        public void Detach(IEnumerable<IDisposable> disposables)
        {
            Alive(this);
            foreach (var disposable in disposables)
            {
                if (!_owned.Remove(disposable) || disposable is not Tensor tensor) continue;
                _manager!.StatisticsInstance.TensorStatistics.DetachedFromScopeCount++;
                tensor.OwningDisposeScope = null;
            }
        }

        public void Attach(IDisposable disposable) => Attach((IEnumerable<IDisposable>)[disposable]);
        public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

        public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
        {
            Alive(this);
            var attached = disposables.ToList();
            foreach (var disposable in attached)
            {
                if (disposable is not Tensor tensor) throw new InvalidOperationException("DisposeScope can only manage Tensor or PackedSequence");
                if (tensor.OwningDisposeScope == this) continue;
                tensor.OwningDisposeScope?._owned.Remove(tensor);
                Own(tensor);
                _manager!.StatisticsInstance.TensorStatistics.AttachedToScopeCount++;
            }

            return attached;
        }

        public void DisposeEverything() => DisposeEverythingBut(Enumerable.Empty<IDisposable>());
        public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

        public T DisposeEverythingBut<T>(T keep) where T : IDisposable
        {
            DisposeEverythingBut(new IDisposable[] { keep });
            return keep;
        }

        public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
        {
            DisposeEverythingBut(new IDisposable[] { first, second });
            return (first, second);
        }

        public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third) where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
        {
            DisposeEverythingBut(new IDisposable[] { first, second, third });
            return (first, second, third);
        }

        public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
        {
            Alive(this);
            var before = _owned;
            _owned = NewSet();
            foreach (var kept in inKeep) _owned.Add(kept);
            foreach (var disposable in before)
            {
                if (!_owned.Contains(disposable)) disposable.Dispose();
            }
        }

        public void MarkAsDisposed(IDisposable disposable)
        {
            Alive(this);
            _owned.Remove(disposable);
            if (disposable is Tensor tensor) tensor.OwningDisposeScope = null;
        }

        public void Dispose()
        {
            if (_manager is null) return;
            DisposeEverything();
            _manager.Remove(this);
            _manager = null;
        }

        /// <summary>Puts a new owner's tensor in an old one's place, if the old one was owned.</summary>
        internal static void Replace(Tensor original, Tensor replacement)
        {
            if (original.OwningDisposeScope is not { } scope || !scope._owned.Remove(original)) return;
            original.OwningDisposeScope = null;
            scope.Own(replacement);
        }

        internal void Own(IDisposable disposable)
        {
            _owned.Add(disposable);
            if (disposable is Tensor tensor) tensor.OwningDisposeScope = this;
        }

        private static HashSet<IDisposable> NewSet() => new(ReferenceEqualityComparer.Instance);

        private T Alive<T>(T value) => _manager is not null ? value : throw new ObjectDisposedException(nameof(DisposeScope));
    }

    public class DisposeScopeManager
    {
        [ThreadStatic] private static DisposeScopeManager? _threadSingleton;

        public static ThreadDisposeScopeStatistics Statistics => ThreadSingleton.StatisticsInstance;

        internal static DisposeScopeManager ThreadSingleton => _threadSingleton ??= new DisposeScopeManager();
        internal ThreadDisposeScopeStatistics StatisticsInstance { get; } = new();
        internal DisposeScope? CurrentDisposeScope { get; private set; }

        internal DisposeScope NewDisposeScope() => CurrentDisposeScope = new DisposeScope(this);

        internal DisposeScope? RegisterOnCurrentDisposeScope(Tensor tensor)
        {
            if (CurrentDisposeScope is null) StatisticsInstance.TensorStatistics.CreatedOutsideScopeCount++;
            else StatisticsInstance.TensorStatistics.CreatedInScopeCount++;
            CurrentDisposeScope?.Own(tensor);
            return CurrentDisposeScope;
        }

        internal void Disposing(Tensor tensor)
        {
            if (tensor.OwningDisposeScope is null) StatisticsInstance.TensorStatistics.DisposedOutsideScopeCount++;
            else StatisticsInstance.TensorStatistics.DisposedInScopeCount++;
        }

        /// <summary>Takes a scope out of the chain, also when scopes end out of order.</summary>
        internal void Remove(DisposeScope ended)
        {
            if (ReferenceEquals(CurrentDisposeScope, ended))
            {
                CurrentDisposeScope = ended.OuterScope;
                return;
            }

            for (var scope = CurrentDisposeScope; scope is not null; scope = scope.OuterScope)
            {
                if (!ReferenceEquals(scope.OuterScope, ended)) continue;
                scope.OuterScope = ended.OuterScope;
                return;
            }
        }
    }

    public class LifetimeStatistics
    {
        public long CreatedOutsideScopeCount { get; internal set; }
        public long DisposedOutsideScopeCount { get; internal set; }
        public long CreatedInScopeCount { get; internal set; }
        public long DisposedInScopeCount { get; internal set; }
        public long AttachedToScopeCount { get; internal set; }
        public long DetachedFromScopeCount { get; internal set; }
        public long ThreadTotalLiveCount => CreatedOutsideScopeCount + CreatedInScopeCount - DisposedOutsideScopeCount - DisposedInScopeCount;

        public void Reset() => CreatedOutsideScopeCount = DisposedOutsideScopeCount = CreatedInScopeCount = DisposedInScopeCount = AttachedToScopeCount = DetachedFromScopeCount = 0;

        public override string ToString() =>
            $"ThreadTotalLiveCount: {ThreadTotalLiveCount}; CreatedOutsideScopeCount: {CreatedOutsideScopeCount}; DisposedOutsideScopeCount: {DisposedOutsideScopeCount}; CreatedInScopeCount: {CreatedInScopeCount}; DisposedInScopeCount: {DisposedInScopeCount}; AttachedToScopeCount: {AttachedToScopeCount}; DetachedFromScopeCount: {DetachedFromScopeCount}";
    }

    public class ThreadDisposeScopeStatistics
    {
        public LifetimeStatistics TensorStatistics { get; } = new();
        public LifetimeStatistics PackedSequenceStatistics { get; } = new();
        public long CreatedOutsideScopeCount => TensorStatistics.CreatedOutsideScopeCount;
        public long DisposedOutsideScopeCount => TensorStatistics.DisposedOutsideScopeCount;
        public long CreatedInScopeCount => TensorStatistics.CreatedInScopeCount;
        public long DisposedInScopeCount => TensorStatistics.DisposedInScopeCount;
        public long AttachedToScopeCount => TensorStatistics.AttachedToScopeCount;
        public long DetachedFromScopeCount => TensorStatistics.DetachedFromScopeCount;
        public long ThreadTotalLiveCount => TensorStatistics.ThreadTotalLiveCount;

        public void Reset() => TensorStatistics.Reset();

        public override string ToString() => TensorStatistics.ToString();
    }

    public static partial class torch
    {
        public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();
        public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.ThreadSingleton.CurrentDisposeScope;

        public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
        {
            using var scope = NewDisposeScope();
            return expr().MoveToOuterDisposeScope();
        }
    }
}
