using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Notifications;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Database;

/// <summary>
/// The one context over all modules' tables. It is leased from a pool for one <see cref="TenantScope"/>; every command it
/// sends first sets the tenant on the connection (see <see cref="TenantInterceptor"/>), and every save writes the records and
/// their rows in the change feed in one transaction.
/// </summary>
public sealed class PlatformDb(DbContextOptions<PlatformDb> options) : DbContext(options)
{
    private TenantScope? _scope;
    private ChangeRecorder? _recorder;

    /// <summary>Statements that were sent and that nobody has waited for yet: the connection is theirs.</summary>
    private Task _underWay = Task.CompletedTask;

    private RowsInFront? _inFront;

    private SharedQuery? _shared;

    /// <summary>Tenant of the current scope; the query filter <c>tenant</c> compares with it.</summary>
    public Guid TenantId => _scope?.TenantId ?? Guid.Empty;

    /// <summary>The person whose own rows alone this scope sees; null sees all. The query filter <c>own</c> compares with it.</summary>
    public Guid? OwnRowsOf => _scope?.OwnRowsOf;

    /// <summary>The scope this lease works in.</summary>
    /// <exception cref="InvalidOperationException">Used before <see cref="Enter"/>.</exception>
    public TenantScope Scope => _scope ?? throw new InvalidOperationException("PlatformDb was used outside a tenant's scope.");

    internal bool HasScope => _scope is not null;

    /// <summary>The clock that changes are stamped by.</summary>
    public TimeProvider Clock => this.GetPlatformOptions().Clock;

    /// <summary>Changes this lease will write or has written, and what the caller says about them.</summary>
    internal ChangeRecorder Recorder => _recorder ??= new ChangeRecorder(this, this.GetPlatformOptions());

    public DbSet<Change> Changes => Set<Change>();

    /// <summary>Forgets whose scope the lease before this one was in.</summary>
    internal PlatformDb Leave()
    {
        _scope = null;
        _recorder = null;
        return this;
    }

    /// <summary>Leaves the previous scope and enters <paramref name="scope"/>. Loaded entities are forgotten.</summary>
    public PlatformDb Enter(TenantScope scope)
    {
        if (scope.TenantId == Guid.Empty)
        {
            throw new ArgumentException("A scope names a tenant.", nameof(scope));
        }

        if (Database.CurrentTransaction is not null && _scope is not null && _scope.TenantId != scope.TenantId)
        {
            throw new InvalidOperationException("The tenant cannot change inside a transaction.");
        }

        ChangeTracker.Clear();
        _recorder = null;
        _scope = scope;
        return this;
    }

    /// <summary>Goes on in the same tenant as somebody else or at another time, with the loaded records.</summary>
    public void EnterKeeping(TenantScope scope)
    {
        if (scope.TenantId != TenantId)
        {
            throw new InvalidOperationException("Loaded records stay with their tenant.");
        }

        _scope = scope;
    }

    /// <summary>
    /// Says why the next save changes <paramref name="record"/>: the action's name in the audit trail instead of the
    /// computed <c>update_candidate</c>, and the reason the person gave.
    /// </summary>
    public void Describe(TenantRecord record, string? action = null, string? reason = null) => Recorder.Describe(record, action, reason);

    /// <summary>Adds a change that no record carries (a sign-in, an export) to the next save.</summary>
    public void Note(Change change) => Recorder.Note(change);

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save asynchronously.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Looked for once: everything below would look again, at all that is tracked.
        ChangeTracker.DetectChanges();
        var detect = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            var told = NotificationOutbox.Take(this);
            Recorder.Collect();
            if (!ChangeTracker.HasChanges() && told.Count == 0)
            {
                return 0;
            }

            var writesChanges = ChangeTracker.Entries<Change>().Any(e => e.State == EntityState.Added);
            if (Database.CurrentTransaction is { } outer)
            {
                await TenantInterceptor.SetTenantAsync(this, cancellationToken);
                Announce(outer, writesChanges);
                var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
                await NotificationOutbox.SendAsync(this, told, outer, cancellationToken);
                return saved;
            }

            await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
            await TenantInterceptor.SetTenantAsync(this, cancellationToken);
            Announce(transaction, writesChanges);
            var count = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            await NotificationOutbox.SendAsync(this, told, transaction, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return count;
        }
        catch
        {
            Recorder.Abandon();
            throw;
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detect;
        }
    }

    /// <summary>
    /// Saves a new record with its row in the change feed in one round trip with the query that reads it back. Nothing else may be
    /// tracked, no transaction open, and the query sees the record whatever it looks like.
    /// </summary>
    /// <typeparam name="TRow">What is read.</typeparam>
    /// <param name="record">Not tracked, neither before nor after.</param>
    /// <param name="key">Of the request, saved along.</param>
    /// <param name="read">The query: one statement.</param>
    /// <returns>What <paramref name="read"/> found.</returns>
    /// <exception cref="Npgsql.PostgresException">A constraint refused the record; nothing was written.</exception>
    internal async Task<TRow> SaveInFrontAsync<TRow>(TenantRecord record, RequestKey? key, Func<Task<TRow>> read)
    {
        if (Database.CurrentTransaction is not null || ChangeTracker.Entries().Any())
        {
            throw new InvalidOperationException("A record is saved in front of its query alone.");
        }

        var change = Recorder.Take([record]).Single();
        _inFront = key is null ? new RowsInFront(Model, record, change) : new RowsInFront(Model, key, record, change);
        try
        {
            var row = await read();
            if (_inFront is not null)
            {
                throw new InvalidOperationException("The query was not sent, and so the record was not saved.");
            }

            this.GetService<ChangeSignal>().Raise(TenantId);
            return row;
        }
        finally
        {
            _inFront = null;
        }
    }

    /// <summary>The rows that the query which is about to be sent writes before it reads.</summary>
    internal RowsInFront? TakeRowsInFront()
    {
        var rows = _inFront;
        _inFront = null;
        return rows;
    }

    /// <summary>
    /// Makes the query that <paramref name="read"/> sends together with others' (<see cref="SharedReads"/>). No transaction is open.
    /// </summary>
    /// <typeparam name="TRow">What is read.</typeparam>
    /// <param name="read">The query: one statement for a row or two.</param>
    internal async Task<TRow> ReadSharedAsync<TRow>(Func<Task<TRow>> read)
    {
        if (Database.CurrentTransaction is not null)
        {
            throw new InvalidOperationException("A transaction's queries are its own.");
        }

        TRow row;
        using (var shared = new SharedQuery())
        {
            _shared = shared;
            try
            {
                row = await read();
            }
            finally
            {
                _shared = null;
            }
        }

        // This is the thread that reads for all who share the trip: what is done with the row is not to hold them up.
        await Task.Yield();
        return row;
    }

    /// <summary>Whether the query that is about to be sent goes with others'.</summary>
    internal bool HasSharedQuery => _shared is not null;

    internal SharedQuery? TakeSharedQuery()
    {
        var shared = _shared;
        _shared = null;
        return shared;
    }

    /// <summary>
    /// Saves <paramref name="record"/> alone, ahead of all else that is tracked and unsaved: what it gives up (the mark only one
    /// record may have) is free before another takes it. Call it in a transaction.
    /// </summary>
    public async Task SaveAheadAsync(TenantRecord record, CancellationToken cancel)
    {
        ChangeTracker.DetectChanges();
        var waiting = ChangeTracker.Entries<TenantRecord>()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && !ReferenceEquals(e.Entity, record))
            .Select(e => (Entry: e, e.State, Original: e.OriginalValues.Clone(), Current: e.CurrentValues.Clone()))
            .ToList();
        waiting.ForEach(one => one.Entry.State = EntityState.Unchanged);
        await SaveChangesAsync(cancel);
        foreach (var (entry, state, original, current) in waiting)
        {
            entry.OriginalValues.SetValues(original);
            entry.CurrentValues.SetValues(current);
            if (state != EntityState.Modified)
            {
                entry.State = state;
            }
        }
    }

    /// <summary>
    /// Saves the tracked records like <see cref="SaveChangesAsync"/>, with their rows in the change feed, but by COPY and set-based
    /// statements: for thousands at a time. Call it in a transaction; afterwards nothing is tracked.
    /// </summary>
    /// <param name="untracked">New records that refer to others by id only: they need no tracking, which costs more than all the rest.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="DbUpdateConcurrencyException">A record was changed by somebody else in the meantime.</exception>
    /// <exception cref="Npgsql.PostgresException">A constraint refused one of the records.</exception>
    internal async Task SaveManyAsync(IReadOnlyCollection<TenantRecord> untracked, CancellationToken cancel)
    {
        await BeginSavingManyAsync(untracked, cancel);
        await SettledAsync();
    }

    /// <summary>
    /// The same without waiting for the end: the rows are sent, and while PostgreSQL writes them the caller may make the next ones
    /// ready. Whatever uses the database next waits by itself, and gets the exceptions of <see cref="SaveManyAsync"/>. Call
    /// <see cref="SettledAsync"/> before the transaction ends, however it ends.
    /// </summary>
    internal async Task BeginSavingManyAsync(IReadOnlyCollection<TenantRecord> untracked, CancellationToken cancel)
    {
        var transaction = Database.CurrentTransaction ?? throw new InvalidOperationException("Many records are saved in a transaction.");

        // What a rule hung one of them on is tracked together with it.
        var tracked = ChangeTracker.Entries().Select(e => e.Entity).ToHashSet(ReferenceEqualityComparer.Instance);
        IReadOnlyCollection<TenantRecord> alone = tracked.Count == 0 ? untracked : [.. untracked.Where(record => !tracked.Contains(record))];
        var changes = Recorder.Take(alone);
        var detect = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            // Who brings in thousands of records is told how it went; the people in them are not called thousands of times.
            NotificationOutbox.Take(this);
            await TenantInterceptor.SetTenantAsync(this, cancel);
            Announce(transaction, changes.Count > 0 || tracked.OfType<Change>().Any());
            var statements = await BulkSave.StageAsync(this, [.. ChangeTracker.Entries()], [.. alone, .. changes], cancel);
            _underWay = BulkSave.WriteAsync(this, statements, cancel);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detect;
            Forget();
        }
    }

    /// <summary>Whether no statements are under way.</summary>
    internal bool IsSettled => _underWay.IsCompletedSuccessfully;

    /// <summary>Waits for the statements that are under way, and says once how they failed.</summary>
    internal Task SettledAsync()
    {
        var underWay = _underWay;
        _underWay = Task.CompletedTask;
        return underWay;
    }

    /// <summary>Forgets the loaded records and what was to be said about them.</summary>
    internal void Forget()
    {
        ChangeTracker.Clear();
        Recorder.Forget();
    }

    private static void Announce(IDbContextTransaction transaction, bool writesChanges)
    {
        if (writesChanges)
        {
            ChangeCommitInterceptor.WritesChanges(transaction.GetDbTransaction());
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        PlatformConventions.Apply(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var module in this.GetPlatformOptions().Modules)
        {
            foreach (var type in module.Assembly.GetTypes().Where(IsTenantRecord))
            {
                var entity = modelBuilder.Entity(type);
                entity.ToTable(Words.Snake(type.Name), module.Schema);
                entity.HasKey(nameof(TenantRecord.TenantId), nameof(TenantRecord.Id));
                entity.Property(nameof(TenantRecord.Id)).ValueGeneratedNever();
                entity.Property(nameof(TenantRecord.Version)).IsConcurrencyToken();
                entity.HasQueryFilter(QueryFilters.Tenant, TenantFilter(type));
                entity.HasQueryFilter(QueryFilters.Live, LiveFilter(type));
                if (OwnFilter(type) is { } own)
                {
                    entity.HasQueryFilter(QueryFilters.Own, own);
                }

                if (SearchText.ColumnsOf(type) is { } columns)
                {
                    KeepSearchText(entity.Property<string>(SearchText.Property), columns);
                }
            }

            modelBuilder.ApplyConfigurationsFromAssembly(module.Assembly);
        }

        modelBuilder.HasDbFunction(typeof(SearchText).GetMethod(nameof(SearchText.Folded))!).HasSchema("kernel").HasName("folded");
        modelBuilder.HasDbFunction(typeof(SearchText).GetMethod(nameof(SearchText.PositionIn), BindingFlags.NonPublic | BindingFlags.Static)!).IsBuiltIn().HasName("strpos");
        modelBuilder.Entity<Change>().HasQueryFilter(QueryFilters.Tenant, change => change.TenantId == TenantId);
        modelBuilder.Entity<ChangeSeal>().HasQueryFilter(QueryFilters.Tenant, seal => seal.TenantId == TenantId);
        modelBuilder.Entity<Erasure>().HasQueryFilter(QueryFilters.Tenant, erasure => erasure.TenantId == TenantId);
        modelBuilder.Entity<Backup.BackupRun>().HasQueryFilter(QueryFilters.Tenant, backup => backup.TenantId == TenantId);
        modelBuilder.Entity<Backup.BackupLogEntry>().HasQueryFilter(QueryFilters.Tenant, entry => entry.TenantId == TenantId);
        modelBuilder.Entity<Backup.BackupPlan>().HasQueryFilter(QueryFilters.Tenant, plan => plan.TenantId == TenantId);
        modelBuilder.Entity<Jobs.Job>().HasQueryFilter(QueryFilters.Tenant, job => job.TenantId == TenantId);
        modelBuilder.Entity<Files.StoredFile>().HasQueryFilter(QueryFilters.Tenant, file => file.TenantId == TenantId);
        modelBuilder.Entity<Files.DownloadLink>().HasQueryFilter(QueryFilters.Tenant, link => link.TenantId == TenantId);
        modelBuilder.Entity<Notification>().HasQueryFilter(QueryFilters.Tenant, notification => notification.TenantId == TenantId);
        modelBuilder.Entity<NotificationChoice>().HasQueryFilter(QueryFilters.Tenant, choice => choice.TenantId == TenantId);
        modelBuilder.Entity<RequestKey>().HasQueryFilter(QueryFilters.Tenant, key => key.TenantId == TenantId);
        modelBuilder.Entity<Booking.BookedPeriod>().HasQueryFilter(QueryFilters.Tenant, booking => booking.TenantId == TenantId);
        modelBuilder.Entity<Exchange.ImportRun>().HasQueryFilter(QueryFilters.Tenant, run => run.TenantId == TenantId);
        modelBuilder.Entity<Exchange.ImportRow>().HasQueryFilter(QueryFilters.Tenant, row => row.TenantId == TenantId);
        modelBuilder.Entity<Exchange.RememberedMapping>().HasQueryFilter(QueryFilters.Tenant, mapping => mapping.TenantId == TenantId);
    }

    /// <summary>The database makes the text, and nobody reads it back: it is there for searches only.</summary>
    private static void KeepSearchText(PropertyBuilder<string> text, IReadOnlyList<LambdaExpression> columns)
    {
        var parts = columns.Select(column => $"kernel.search_part({Words.Snake(((MemberExpression)column.Body).Member.Name)})");
        text.HasColumnType("text").HasComputedColumnSql(string.Join(" || E'\\n' || ", parts), stored: true).ValueGeneratedNever();
        text.Metadata.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
        text.Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
    }

    private static bool IsTenantRecord(Type type) => type is { IsAbstract: false } && type.IsSubclassOf(typeof(TenantRecord));

    private LambdaExpression TenantFilter(Type type)
    {
        var row = Expression.Parameter(type, "row");
        var equal = Expression.Equal(
            Expression.Property(row, nameof(TenantRecord.TenantId)), Expression.Property(Expression.Constant(this), nameof(TenantId)));
        return Expression.Lambda(equal, row);
    }

    private LambdaExpression? OwnFilter(Type type) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IOwnedRows<>))
            ? (LambdaExpression)OwnFilterOf.MakeGenericMethod(type).Invoke(null, [this])!
            : null;

    private static readonly MethodInfo OwnFilterOf = typeof(PlatformDb).GetMethod(nameof(OwnFilterFor), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static Expression<Func<TRecord, bool>> OwnFilterFor<TRecord>(PlatformDb db)
        where TRecord : TenantRecord, IOwnedRows<TRecord>
    {
        var rule = TRecord.IsOwn(db);
        var seesAll = Expression.Equal(Expression.Property(Expression.Constant(db), nameof(OwnRowsOf)), Expression.Constant(null, typeof(Guid?)));
        return Expression.Lambda<Func<TRecord, bool>>(Expression.OrElse(seesAll, rule.Body), rule.Parameters);
    }

    private static LambdaExpression LiveFilter(Type type)
    {
        var row = Expression.Parameter(type, "row");
        var isLive = Expression.Equal(Expression.Property(row, nameof(TenantRecord.DeletedAt)), Expression.Constant(null, typeof(DateTimeOffset?)));
        return Expression.Lambda(isLive, row);
    }
}

/// <summary>Names of the query filters every tenant record has.</summary>
public static class QueryFilters
{
    /// <summary>Only the scope's tenant. Row-level security enforces the same below it.</summary>
    public const string Tenant = "tenant";

    /// <summary>Not in the trash. Drop it with <c>IgnoreQueryFilters([QueryFilters.Live])</c> to see the trash.</summary>
    public const string Live = "live";

    /// <summary>Only the person's own rows, where the scope is bound to one. Never dropped: what one may not see does not exist.</summary>
    public const string Own = "own";

    /// <summary>The argument that lets trashed rows through.</summary>
    public static readonly string[] WithTrash = [Live];
}
