//! English: every text of the page except those of workloads, strategies and rules.
//!
//! Texts are in the order in which they are met: numbers, failures, problems with a request, then the page from top to
//! bottom.

use super::Message;
use super::message::messages;

/// The counts that are written as words.
pub(crate) const COUNTS: [Message; 13] =
    [NO, ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN, EIGHT, NINE, TEN, ELEVEN, TWELVE];

messages! {
    NO = "no";
    ONE = "one";
    TWO = "two";
    THREE = "three";
    FOUR = "four";
    FIVE = "five";
    SIX = "six";
    SEVEN = "seven";
    EIGHT = "eight";
    NINE = "nine";
    TEN = "ten";
    ELEVEN = "eleven";
    TWELVE = "twelve";
    AND = "{first} and {last}";
    INTERVAL = "{low} to {high}";

    // ---- failures
    CANCELLED = "The run was cancelled.";
    NOT_HERE = "Not here: {why}.";
    NOT_STARTED = "A worker could not be started: {why}.";
    NOT_STARTED_IN_TIME = "A worker could not be started: no sign of life for {seconds} s. The browser may have room for fewer at \
        once.";
    PROCESS_NOT_STARTED = "A worker could not be started: process {process}: {why}.";
    PROCESS_HAS_NO_ROOM = "A worker could not be started: process {process}: no sign of life for {seconds} s. The browser may have \
        room for {fits} at once.";
    WORKER_LOST = "A worker was lost: {why}.";
    NO_FILE = "The file {name} could not be fetched: {why}.";
    NO_ROOM = "It needs more workers than a browser has room for at once: at most {fits} fit.";
    NO_ANALYSIS = "The results could not be worked out: {why}.";
    NO_ANSWER = "Task {task} ended without an answer.";
    WRONG_ANSWER = "The run is void: {strategy} answered “{found}”, not “{expected}”.";
    NO_CLOCK = "The browser’s clock stands still: there is nothing to measure with.";
    GARBLED = "The page and its worker do not understand each other ({what}); reload the page.";
    NO_SHARED_MEMORY = "shared memory is needed, and this page is {page}; the other strategies run";
    NO_SHARED_MEMORY_BUT = "shared memory is needed, and this page is {page}; {instead} needs none";
    ISOLATED_BY_HEADERS = "cross-origin isolated, by the server's headers";
    ISOLATED_BY_SERVICE_WORKER = "cross-origin isolated, by this page's service worker";
    ISOLATED_WITHOUT_SHARING = "cross-origin isolated, but this browser shares no memory with workers";
    NOT_SECURE = "not cross-origin isolated, because it came over http from another machine, and browsers ask for https there";
    NOT_ISOLATED = "not cross-origin isolated, so the browser shares no memory with workers";
    SILENT = "no sign of life for {seconds} s";
    UNREAD = "for {seconds} s the browser did not show the page whether it still works";
    LATE = "it took more than {seconds} s";
    TOO_LARGE = "it is larger than {most} MB, which no file of Lanes is";
    ANOTHER_VERSION = "the host has another version of Lanes by now; reload the page";
    NO_SCRIPT = "its script could not be loaded";
    FORBIDDEN = "the host’s Content-Security-Policy forbids it ({directive})";
    ENDED = "it ended without a word";
    PANICKED = "its code stopped at an error of its own: {message}";
    TRAPPED = "its code stopped at an error of its own";
    STATUS = "the server answered {status}";
    UNREACHABLE = "the host could not be reached over the network";
    DEADLOCK = "each of its contexts waits for another";
    VOID = "the tab was hidden during the run";
    NO_JSON = "This file is no report: it is not JSON.";
    NO_REPORT = "This file is no report of Lanes: it says nothing of runs on a machine.";
    NEWER_REPORT = "This report is of schema {schema}, and this page reads up to {known}: open it with a newer Lanes.";
    DAMAGED_REPORT = "This report cannot be read: {what}.";

    // ---- problems with a request
    UNKNOWN_KEY = "There is no setting {key}; the settings are {legal}.";
    ILLEGAL_VALUE = "The setting {key} cannot be {value}; it can be {legal}.";
    REPEATED_KEY = "The setting {key} is given more than once; the last one counts.";
    SHAPELESS = "An experiment is a set of named settings, not {value}.";
    WHOLE_NUMBER = "a whole number from {least} to {greatest}";
    WHOLE_NUMBER_OF = "a whole number from {least} to {greatest} ({unit})";
    A_NUMBER = "a number from {least} to {greatest}";
    A_NUMBER_OF = "a number from {least} to {greatest} ({unit})";
    PARTS_LIST = "up to eight parts with commas between them, each a kind and its amount, such as waits:50 or waits:50~200 (half take no more than the first, 95 of 100 no more than the second); the kinds are {kinds}";
    COMMA_LIST = "a comma list of {words}";
    CHAPTER_NAME = "up to {length} lower case letters, digits and hyphens";
    LANGUAGE_TAG = "a language's tag, such as en";
    NO_EXPERIMENT = "An experiment is an object with the URL's keys, such as {example}.";
    NO_SUCH_LAB = "There is no such lab on this page; there {labs?is:are} {labs}, counted from 1.";
    RUN_GOES_ON = "Another run is going on. Cancel it, or wait for its result.";
    VISITOR_IS_BUSY = "The visitor is running or measuring something. Wait for it to end.";
    NO_LANGUAGE = "The language {lang} could not be had ({why}); the page speaks English.";

    // ---- laws
    TOO_FEW_COUNTS =
        "it takes {need} different numbers of workers within the claimed cores, and the sweep has {have}";
    NO_SPREAD = "a single sample shows no spread";
    FLAT = "more workers made no notable difference beyond the noise";
    TOO_WIDE = "the samples vary too much, and {part} may be anything from {low} to {high} %";
    POOR_FIT = "the times lie {residual} % off the nearest curve, so it does not describe them";
    SERIAL_PART = "the serial part";
    CONTENTION = "the waiting for one another";
    COHERENCE = "the cost of keeping in step";

    // ---- the page's head and foot
    TITLE = "Lanes: the same work, several ways, on your CPU"; // as index.html has it, too
    TAGLINE = "the same work, several ways, on your CPU";
    TO_QUESTIONS = "Questions";
    TO_DECIDE = "Decide";
    THEME_AUTO = "theme: system";
    THEME_LIGHT = "theme: light";
    THEME_DARK = "theme: dark";
    DISMISS = "Dismiss";
    CREDITS =
        "Lanes grew out of the talk “Principles of Concurrency and Parallelism in Python” by Josh Karpel (2024).";
    LICENCES = "Licences";
    BROKEN = "Lanes stopped at an error of its own, and cannot go on.";
    RELOAD = "Reload the page";
    COPY_DETAILS = "Copy details";
    COPIED = "Copied";
    DETAILS = "Details";

    // ---- controls
    EXPERIMENT = "Experiment";
    LAB = "Lab {number}";
    PART_OF_LAB = "{lab}: {part}";
    WORK = "Work";
    COMPUTES = "Computes";
    COMPUTES_AND_WAITS = "Computes and waits";
    WAITS = "Waits";
    COMPUTES_UNTIL = "Computes until a deadline";
    WORKERS = "Workers";
    ONE_LESS = "One worker fewer";
    ONE_MORE = "One worker more";
    OF_CLAIMED = "{cores} {cores?core:cores} claimed";
    STRATEGIES = "Strategies";
    CHOSEN = "{chosen} of {all}";
    MORE = "More";
    SAMPLES = "Samples";
    SEED = "Seed";
    SWEEP = "Every number of workers";
    SWEEP_MEANS = "Runs each strategy with one worker, with two, and so on (beyond 16 ever fewer numbers), and charts what \
        more of them bring. It takes several times as long. Ticking it adds threads with a GIL for comparison, and goes on \
        to twice the claimed cores unless you chose how many workers.";
    SINGLE_KEYS = "Keys R (run), N and P (chapters)";
    SHARED_MEMORY = "Shared memory";
    SHARED_MEANS = "all see the same";
    ISOLATED_MEMORY = "Isolated memory";
    ISOLATED_MEANS = "what crosses is copied";
    PREEMPTIVE = "Preemptive";
    PREEMPTIVE_MEANS = "the system switches tasks at any time";
    COOPERATIVE = "Cooperative";
    COOPERATIVE_MEANS = "tasks give way voluntarily";
    NEITHER = "Neither";
    NEITHER_MEANS = "one task after the other";
    RUN = "Run";
    CANCEL = "Cancel";
    SAMPLES_DONE = "Samples done";
    HELD_UP = "Something else is going on. Wait for it to end, or cancel it.";
    OTHER_LAB_RUNS = "{lab} is running. It ends first, or is cancelled.";
    OPEN_REPORT = "Open a report";

    // ---- predictions
    GUESS_AND_RUN = "Guess and run";
    JUST_RUN = "Just run";
    BECAUSE = "Because (if you like)";
    GUESS_FIRST = "Choose an answer first.";
    YOUR_GUESS = "Your guess";
    NO_GUESS_YET = "not set yet";
    MEASURED_MARK = "measured here";
    YOUR_GUESS_MARK = "your guess";
    USUAL_MARK = "usually";
    KEEPS_WAITING = "keeps all others waiting";
    LETS_GO_ON = "lets the others go on";
    NONE_OF_THEM = "none of them";
    HELD_UP_FOR = "others waited {time} at most";
    HELD_UP_HEADING = "How long each call kept others waiting";
    HELD_UP_MEANS = "One more handler wants a turn every 5 ms. This is the longest it went without one during each call.";
    CALL = "Call";
    CALLS_NOT_SIMULATED = "Which of these calls keep control is no matter of cores, so they are not simulated.";
    TYPE_TIMES = "or type it: {from} to {to} times";
    TYPE_MILLISECONDS = "or type it: {from} to {to} ms";
    TYPE_CORES = "or type it: {from} to {to} cores";
    TYPE_TASKS = "or type it: {from} to {to} tasks";
    TYPE_WORKERS = "or type it: {from} to {to} workers";
    WITH_SO_MANY = "With {n} {n?worker:workers}";
    DRAW_IT = "Drag the points to where you expect them.";
    AS_NUMBERS = "As numbers, to type";
    LASTS = "takes about {n} s";
    MOVE_UP = "Move {what} up";
    GUESS_TIMES = "{n} times";
    GUESS_CORES = "{n} cores";
    GUESS_TASKS = "{n} tasks";
    GUESS_WORKERS = "{n} {n?worker:workers}";
    GUESS_WITHIN = "{value} ({interval})";
    GUESS_WITH_WORKERS = "{value} with {n} {n?worker:workers}";
    GUESS_THEN = "{first}, then {next}";
    AXIS_TIMES = "times as fast, or as much";
    AXIS_TIME = "time";
    AXIS_CORES = "cores at once";
    NO_DIFFERENCE_SEEN = "no difference seen";
    GUESSED_RIGHT = "You said: {guess}. Right, here it was: {truth}.";
    GUESSED_WRONG = "You said: {guess}. Here it was: {truth}.";
    SO_IT_IS = "so it is";
    TOLD_RIGHT = "You said: {guess}. Right, it is: {truth}.";
    TOLD_WRONG = "You said: {guess}. It is: {truth}.";
    SORTED = "You sorted {right} of {n} correctly. What kept others waiting: {truth}.";
    NOT_MARKED = "This guess cannot be marked here: {why}.";
    NOT_MARKED_BUT = "This guess cannot be marked here: {why}. Measured: {truth}.";
    NOT_MARKED_UNAVAILABLE = "{strategy} cannot run on this page";
    NOT_MARKED_DEPRIVED = "{strategy} had one core at a time, though the browser claims several: something else had the others";
    NOT_MARKED_VOID = "the run was void";
    NOT_MARKED_UNMEASURED = "what is asked for could not be measured";
    NOT_MARKED_TOO_WIDE = "the samples vary too much to tell";
    NOT_MARKED_UNDECIDED = "the samples are too few or too unsteady to tell which it is";
    NOT_MARKED_NO_GUESS = "the guess is of another question";
    REASON = "Your reason, “{reason}”: {reply}";
    REASON_MISTAKEN = "Your reason, “{reason}”, is a common misconception. {reply}";
    GUESS_AGAIN = "Guess again";
    MAKE_RIGHT = "What would make you right?";
    ALL_NUMBERS = "All numbers";
    NOTHING_GUESSED = "Nothing was guessed on this device yet, or nothing can be kept here.";
    ASKED = "Question";
    CAME_OF_IT = "What you said, and what was measured";
    PRINT = "Print";
    FORGET = "Forget all of it";
    OPENED = "opened";
    ANSWERED_OF = "{n} of {of} guessed";
    KEPT_FROM_BEFORE = "From an earlier run on this device";

    FRONT_ASK = "How many times as fast as blocking will {n} threads be?";
    FRONT_CORES = "each thread has a core of its own";
    FRONT_CORES_REPLY = "As long as there are cores that nothing else wants. Dotted stretches show where a thread had none.";
    FRONT_HANDING = "handing out the work costs something";
    FRONT_HANDING_REPLY = "A little: here a tile takes far longer to compute than to hand out.";
    FRONT_HALF = "twice the threads, twice the speed";
    FRONT_HALF_REPLY = "Threads are not cores, and the cores that the browser counts may share hardware or be busy.";

    // ---- the headline
    ANOTHER_MEASURES = "Another window or frame of Lanes is measuring: this one waits for it.";
    STARTING = "Starting workers.";
    RUNNING = "Running: {done} of {total} samples.";
    CANCELLED_AFRESH = "Cancelled. Run starts afresh.";
    WITH_NEW_WORKERS = "{why} Run tries again with new workers.";
    MEASURED_IS_KEPT = "{why} What was measured is kept.";
    WORK_OUT = "Work the results out";
    DONE = "Done.";
    NO_WAY = "{blurb} None of the chosen strategies can run here; each says why.";
    PROMISE = "{blurb} Run does this {ways}, on this computer.{freeze}";
    ONE_WAY = "under one strategy";
    SEVERAL_WAYS = "under {n} strategies, one after the other";
    WITH_SWEEP = "{ways}, with 1 to {most} workers where they apply";
    WITHOUT_SWEEP =
        "{ways}, without a sweep: it takes a strategy with workers, and more than one worker";
    LONG_FREEZE = " Blocking will freeze the page for about {seconds} s, {times} times; Cancel works in between.";
    RECORDING_LABEL = "A recording, not made here and now.";
    EARLIER_LABEL = "The last result of this experiment.";
    RECORDED_ON = "Made {when} with {engine}, which claims {cores} {cores?core:cores}.";
    RECORDED_ELSEWHERE = "Made with {engine}, which claims {cores} {cores?core:cores}.";
    CLOSE_RECORDING = "Close it";

    // ---- lanes
    LANES_LABEL = "Lanes of each strategy on one time axis";
    HEARTBEAT = "heartbeat";
    COMPUTING = "computing";
    OFF_CORE = "wants to compute, has no core";
    WAITING = "waiting, lane held";
    WAITING_FOR_LOCK = "waiting for a lock";
    COPYING = "copying, handing over";
    STARTING_UP = "starting";
    PAGES_HEARTBEAT = "the page’s heartbeat";
    PAGE_FROZEN = "page frozen";
    FROZEN_FOR = "frozen {time}";
    PAGE = "page";
    LOOP = "loop";
    THREAD = "thread {n}";
    PROCESS = "process {n}";
    THREADS = "{n} threads";
    PROCESSES = "{n} processes";
    LOOP_AND = "a loop and {workers}";
    UNAVAILABLE = "Unavailable: {why}.";
    IN_CODE = "In code";
    ELSEWHERE = "{scheduling}, {memory}. What one would write elsewhere:";
    IN_TURN = "One task after the other";
    COOPERATIVE_SCHEDULING = "Cooperative scheduling";
    PREEMPTIVE_SCHEDULING = "Preemptive scheduling";
    WITH_SHARED_MEMORY = "shared memory";
    WITH_ISOLATED_MEMORY = "isolated memory";
    AS_MUCH_AS = "as much as {base}";
    DRAWN_IN_A_ROW = "each time; drawn are {n} in a row";
    LANES_OF_NOTHING = "Lanes of {strategy}: nothing has run yet.";
    LANES_WITHOUT_NUMBERS = "Lanes of {strategy}: no numbers.";
    LANES_OF = "Lanes of {strategy}: {time} in all. The table below has the details.";
    LANES_OF_WITH_FREEZE = "Lanes of {strategy}: {time} in all, at most {freeze} without a heartbeat of the page. The table \
        below has the details.";
    PICTURES_LABEL = "The picture that each strategy made";
    PICTURE_OF = "{work} as computed by {strategy}";
    TORN_PICTURE = "Incomplete: the browser did not let the page read all of it.";
    NO_PICTURES = "A report does not hold the pictures that the tasks computed: run it to see them.";

    // ---- tables
    RESULTS = "Results";
    STRATEGY = "Strategy";
    MEDIAN = "Median";
    INTERVAL_95 = "95 % interval";
    SPEED_UP = "Speed-up";
    SPEED_UP_OVER = "Speed-up over {base}";
    AS_MUCH_HEADING = "As much as {base}";
    EFFICIENCY = "Efficiency";
    RATE = "Rate, {unit}/s";
    RATE_IN_MILLIONS = "Rate, million {unit}/s";
    SHARE_COMPUTING = "Share of lane time computing";
    UNDER_WAY_AT_ONCE = "Under way at once";
    AT_ONCE = "On a core at once";
    LONGEST_SILENCE = "Longest without a heartbeat";
    LATENCY_HALF = "From arrival to done, half within";
    LATENCY_95 = "95 of 100 within";
    LATENCY_99 = "99 of 100 within";
    START_UP = "Start-up";
    FIRST_RUN = "First run, with start-up";
    ANSWER = "Answer";
    NO_NUMBERS = "no numbers";
    EACH_AGAINST_EACH = "Each against each";
    PAIRS = "How many times as fast each row is as each column";
    PAIRS_DONE = "How many times as much each row got done as each column";
    LANES_AS_TABLE = "These lanes as a table";
    LANES_TABLE = "What each lane did in the sample that is drawn";
    LANE = "Lane";
    TASKS = "Tasks";
    COMPUTING_HEADING = "Computing";
    OFF_CORE_HEADING = "Without a core";
    WAITING_HEADING = "Waiting";
    LOCK_HEADING = "Waiting for the lock";
    COPYING_HEADING = "Copying, handing over";
    IDLE = "Idle";
    TIMES_IN_A_ROW = "{strategy}, {n} times in a row";

    // ---- scaling
    SCALING = "Scaling";
    SCALING_HEADING = "What more workers brought";
    SCALING_MEANS = "Speed-up over blocking: marks are medians with their 95 % intervals. A ring is the knee: all workers \
        beyond it together bring less than {percent} %.{laws}";
    FITTED_LINES = " Where a law could be fitted, within the claimed cores, it is a thin line.";
    CHART_LABEL = "Speed-up against the number of workers; the tables below have the numbers";
    CHART_BOX = "Chart of the speed-up";
    CHART_AS_TABLE = "The chart as a table";
    CLAIMED = "{cores} claimed";
    WORKERS_AXIS = "workers";
    IDEAL = "ideal";
    KNEE_OF = "{strategy}, knee {workers}";
    LAW_OF = "{strategy} by {law}";
    GUNTHERS_LAW = "Gunther’s law";
    AMDAHLS_LAW = "Amdahl’s law";
    LAWS_TABLE = "Fitted laws, with 95 % intervals";
    KNEES_TABLE = "Knees, with 95 % intervals";
    KNEE = "Knee, in workers";
    AGAINST_CLAIM = "Against the claimed cores";
    AMDAHL_HEADING = "Amdahl’s law: serial part";
    GUNTHER_HEADING = "Gunther’s law: contention σ, coherence κ";
    MOST_MEASURED = "{knee}, the most measured";
    BEFORE_CLAIM = "before the {cores} claimed";
    CONSISTENT = "consistent with {cores}";
    BEYOND_CLAIM = "beyond the {cores} claimed";
    CANNOT_TELL_FOR = "not clear for {cores}";
    CANNOT_TELL = "not clear";
    OFF_THE_LAW = "{law}; the points lie {residual} off it, more than their noise";
    KARP_FLATT = "Serial part (Karp-Flatt), 95 % interval";

    // ---- Amdahl's law, drawn
    TYPE_PERCENT = "or type it, in %";
    LAW_SAYS = "With a serial part of {serial} %, two workers are {few} times as fast, eight {some} times, 64 workers {many} \
        times, and no number of workers is {limit} times as fast.";
    LAW_OF_NOTHING = "With no serial part, the speed-up is the number of workers.";
    LAW_OF_ALL = "When all of it is serial, any number of workers is as fast as one.";
    LAW_MEANS = "Amdahl’s law: how many times as fast as one worker. Each mark is twice the one before.";
    LAW_MEANS_MEASURED = "Amdahl’s law as a line; dots are what was measured here, with 95 % intervals. Each mark is twice the \
        one before.";
    LAW_LABEL = "Speed-up by Amdahl’s law, with a serial part of {serial} %";
    LAW_LIMIT = "limit {limit}×";
    BY_THE_LAW = "By the law";
    LAW_AS_TABLE = "The curve as a table";
    RUN_IT_HERE = "Run it here";

    // ---- activity
    ACTIVITY = "Activity";
    ACTIVITY_HEADING = "What each task got done, millisecond by millisecond";
    ACTIVITY_MEANS = "Each row is a task in the sample whose result is nearest the median. The higher a bar, the more rounds of its counting loop the task made in that millisecond. Its colour is that of the lane that computed it.";
    TOGETHER_DID = "{strategy}: together {millions} million rounds";
    WITH_WORKERS = "{strategy}, {n} {n?worker:workers}";
    NOT_DRAWN = "Tasks {first} to {last} are not drawn; the table has them.";
    BARS_AS_TABLE = "The bars as a table";
    ACTIVITY_TABLE = "What each task got done until the deadline";
    TASK = "Task";
    MILLION_ROUNDS = "Million rounds";
    OF_ALL_OF = "Of what {base} got done in all";
    TOGETHER = "together";

    // ---- latency
    LATENCY = "Latency";
    LATENCY_HEADING = "How long tasks took, from their arrival until they were done";
    LATENCY_MEANS = "Farther right means longer; a higher bar means that more tasks took that long. The axis is \
        logarithmic: each mark is ten times the one before. The line is the time within which 95 of 100 were done.";
    LATENCY_OF = "{strategy}: half within {half}, 95 of 100 within {most}, 99 within {nearly}";
    LATENCY_UP_TO = "Up to";
    LATENCY_TABLE = "How many tasks took that long, of {n} in the sample that is drawn";

    // ---- printing
    PRINTED = "Printed";
    PRINTED_MEANS = "In the sample that is drawn: a line counts as printed when its part of its task was computed.";

    // ---- the player
    PLAYER = "Player";
    SIMULATED_PLAYER = "Player of what is simulated";
    PLAY = "Play";
    PAUSE = "Pause";
    CHANGE_BACK = "Back to the change before";
    CHANGE_ON = "On to the next change";
    MOMENT = "Moment";
    MOMENT_OF = "{at} of {end}";
    SPEED = "Speed";
    AS_IT_WAS = "as it was";
    TIMES_SLOWER = "{n} times slower";
    SHOW_WHOLE = "Show all";
    MOMENT_AS_TABLE = "This moment as a table";
    MOMENT_TABLE = "What each lane and each task does after {at}";
    SIMULATED_MOMENT_TABLE = "What each lane and each task does after {at}, simulated";
    LANE_OR_TASK = "Lane or task";
    DOES = "Does";
    LANE_IDLE = "idle";
    LANE_UNKNOWN = "not recorded: there was no room";
    LANE_DOES = "{does}: task {n}";
    TASK_NUMBER = "task {n}";
    TASK_DOES = "task {n}: {does}";
    TASK_ON_LANE = "{does}, on {lane}";
    TASK_RUNS = "runs";
    TASK_LOST_CORE = "lost its core";
    TASK_WANTS_LOCK = "wants a lock";
    TASK_CROSSES = "is copied or handed over";
    TASK_HOLDS = "waits, and holds its lane";
    TASK_WAITS = "waits";
    TASK_READY = "ready";
    TASK_NOT_YET = "not there yet";
    TASK_DONE = "done";
    TASK_UNKNOWN = "not recorded";
    N_RUN = "{n} running";
    N_LOST_CORE = "{n} lost {n?its:their} core";
    N_WANT_LOCK = "{n} {n?wants:want} a lock";
    N_CROSS = "{n} copied or handed over";
    N_HOLD = "{n} {n?waits and holds its lane:wait and hold their lanes}";
    N_WAIT = "{n} {n?waits:wait}";
    N_READY = "{n} ready";
    N_NOT_YET = "{n} not there yet";
    N_DONE = "{n} done";
    N_UNKNOWN = "{n} not recorded";
    ALL_TASKS = "all {n} tasks";

    // ---- what if
    WHAT_IF = "What if there were more cores?";
    WHAT_IF_MEANS = "A simulation: the tasks that blocking was measured with, on a made-up machine, scheduled by the same \
        code. Messages, threads and locks cost what was measured under “What do things cost here?”, or the usual. Caches \
        and clock rates are left out, so real machines do worse.";
    CORES = "Cores";
    SIMULATE = "Simulate";
    NOT_MEASURED = "The simulation repeats the tasks that blocking ran: choose blocking as well, and run again.";
    HIDDEN_RUN = "The tab was hidden during the run, so its times say nothing: run once more.";
    DEADLINE_NOT_SIMULATED = "This work ends when its time is over, on any machine: its tasks would count more or less in \
        it, and how much is not simulated.";
    SHARING_NOT_SIMULATED = "Its tasks share memory. That they wait for each other there is not simulated, so real machines \
        do much worse.";
    NOTHING_RECORDED = "Nothing was recorded that could be done again.";
    GUESSED = "Nothing was recorded of {n} {n?task:tasks}; {n?it is:they are} taken to be like the others.";
    NOT_SIMULATED = "Not simulated: {strategy}, because {why}.";
    SIMULATED = "Simulated";
    SIMULATED_SPEED_UP = "Simulated speed-up";
    MEASURED_HERE = "Measured here (workers)";
    SIMULATED_SCALING = "Simulated, not measured: how many times as fast as blocking, with as many workers as cores. Each mark \
        is twice the one before.";
    SIMULATED_SCALING_TABLE = "Simulated speed-up over blocking, with as many workers as cores";
    CORES_AXIS = "cores, simulated";
    SIMULATED_ON_ONE = "Simulated: 1 core, 1 worker";
    SIMULATED_ON = "Simulated: {cores} cores, as many workers";
    SIMULATED_LANES = "{strategy}: {time}, simulated";
    SIMULATED_ON_LANES = "{strategy}: {time} on {lanes} lanes, simulated";

    // ---- costs
    COSTS = "What do things cost here?";
    COSTS_MEANS = "Caches and memory, starting a thread or a process, sending a message, giving way, handing a lock over: \
        measured on this machine in a few seconds.";
    MEASURE = "Measure";
    MEASURING = "Measuring costs";
    DOWNLOAD_COSTS = "Download costs";
    COSTS_HIDDEN = "The tab was hidden meanwhile, and browsers slow down what nobody sees: measure once more.";
    COSTS_MISSING = "A part of it is missing. {why}";
    COSTS_DOUBTED =
        "Another window or frame of Lanes may have measured at the same time: one of the two had stopped answering.";
    COSTS_TABLE = "What things cost here";
    WHAT = "What";

    // ---- method
    METHOD = "How was this measured?";
    METHOD_TASKS = "Every strategy runs the same compiled tasks and must give the same answer (blocking’s, where it runs); a \
        wrong answer ends the run.";
    METHOD_ORDER = "One strategy at a time, taking turns: {order}.";
    ORDER_RACE = "a first, cold run of each, which is not counted, then {n} timed {n?sample:samples} of each";
    ORDER_SWEEP = "{n} timed {n?sample:samples} for every number of workers, each with workers of its own and a cold run \
        before it, which is not counted";
    METHOD_TURNS = "Windows and frames of Lanes take turns, too, as far as the browser lets them know of each other.";
    METHOD_TIMES = "Times run from the first task to the last answer. Where the clock is too coarse for that, a sample does \
        the work several times in a row, and its time is that of one.";
    METHOD_CLAIMS = "Shown is the median, with a 95 % bootstrap interval. A difference is claimed only where the intervals of two do not overlap, that of their ratio is more than 10 % from 1, and neither a t-test nor a rank test takes it for chance (a t-test is enough where the lanes show which of the two was parallel).";
    METHOD_BASELINE = "Every strategy is compared with blocking where that ran, otherwise with the first that did.";
    METHOD_START_UP =
        "Starting threads and processes takes time, too. It is in the table, and in no timed sample.";
    METHOD_HEARTBEAT = "The heartbeat is the page’s own: a message to itself every 8 ms or so, and, in samples of {drawn} and \
        more, its frames. The page counts as frozen after 50 ms of silence (browsers call a task longer than that a long task), or after two steps of the clock more where those are long.";
    METHOD_LANES = "The lanes drawn are of the sample nearest the median, with the most workers where several numbers of \
        them ran.";
    BROWSER = "Browser";
    CORES_CLAIMED = "{cores} claimed by the browser";
    MEMORY = "Memory";
    CLOCK = "Clock";
    CLOCK_STEPS = "steps of {step} seen";
    STEADINESS = "Steadiness";
    SPINS = "the same short spin took {before} before the run and {after} after it";
    DOWNLOAD_REPORT = "Download report";
    NUMBER_BETWEEN = "A number from {from} to {to}.";
    WHOLE_BETWEEN = "A whole number from {from} to {to}.";
    AS_TEXT = "If no file came (a frame may forbid it), copy {name} from here:";
}
