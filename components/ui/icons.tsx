import type { StaticImageData } from 'next/image';
import type { SVGProps } from 'react';
import sheet from './icons.svg';

// Lucide's drawings, by Lucide's names, from one sheet that a browser fetches once (scripts/icons.mjs). Its
// own components are the browser's too: each icon of a page would be sent twice.

const { src } = sheet as StaticImageData;

/** Drawn in the text's colour, 24 px wide unless a class says otherwise. */
export type Icon = (props: SVGProps<SVGSVGElement>) => React.ReactNode;

const icon = (name: string): Icon =>
  function Drawing({ className, ...props }) {
    return (
      <svg aria-hidden="true" className={className ? `icon ${className}` : 'icon'} {...props}>
        <use href={`${src}#${name}`} />
      </svg>
    );
  };

export const Activity = icon('activity');
export const Archive = icon('archive');
export const ArrowDown = icon('arrow-down');
export const ArrowLeftRight = icon('arrow-left-right');
export const ArrowRightLeft = icon('arrow-right-left');
export const ArrowUp = icon('arrow-up');
export const ArrowUpDown = icon('arrow-up-down');
export const Banknote = icon('banknote');
export const Bell = icon('bell');
export const BellOff = icon('bell-off');
export const BookText = icon('book-text');
export const Building2 = icon('building-complex');
export const CalendarCheck = icon('calendar-check');
export const CalendarClock = icon('calendar-clock');
export const CalendarDays = icon('calendar-days');
export const CalendarPlus = icon('calendar-plus');
export const CalendarX = icon('calendar-x');
export const Camera = icon('camera');
export const ChartColumn = icon('chart-column');
export const ChartLine = icon('chart-line');
export const Check = icon('check');
export const ChevronDown = icon('chevron-down');
export const ChevronLeft = icon('chevron-left');
export const ChevronRight = icon('chevron-right');
export const ChevronsUpDown = icon('chevrons-up-down');
export const CircleAlert = icon('circle-exclamation-point');
export const CircleCheck = icon('circle-check');
export const CircleHelp = icon('circle-question-mark');
export const ClipboardCheck = icon('clipboard-check');
export const ClipboardList = icon('clipboard-list');
export const Columns2 = icon('columns-2');
export const Columns3 = icon('columns-3');
export const Copy = icon('copy');
export const CornerDownLeft = icon('corner-down-left');
export const CreditCard = icon('credit-card');
export const Database = icon('database');
export const DoorOpen = icon('door-open');
export const Download = icon('download');
export const Ellipsis = icon('ellipsis');
export const Eraser = icon('eraser');
export const ExternalLink = icon('external-link');
export const Eye = icon('eye');
export const FileDown = icon('file-down');
export const FileJson = icon('file-braces');
export const FileText = icon('file-text');
export const Film = icon('film');
export const FolderSync = icon('folder-sync');
export const Gauge = icon('gauge');
export const Glasses = icon('glasses');
export const HandCoins = icon('hand-coins');
export const House = icon('house');
export const Image = icon('image');
export const Info = icon('info');
export const KeyRound = icon('key-round');
export const Keyboard = icon('keyboard');
export const LayoutDashboard = icon('layout-dashboard');
export const LifeBuoy = icon('life-buoy');
export const List = icon('list');
export const ListChecks = icon('list-checks');
export const ListOrdered = icon('list-ordered');
export const ListPlus = icon('list-plus');
export const LogIn = icon('log-in');
export const LogOut = icon('log-out');
export const Mail = icon('mail');
export const MapPin = icon('map-pin');
export const Megaphone = icon('megaphone');
export const Menu = icon('menu');
export const MessageSquare = icon('message-square');
export const Minus = icon('minus');
export const Monitor = icon('monitor');
export const MonitorPlay = icon('monitor-play');
export const Moon = icon('moon');
export const Package = icon('package');
export const PackageCheck = icon('package-check');
export const PackagePlus = icon('package-plus');
export const PackageSearch = icon('package-search');
export const PackageX = icon('package-x');
export const PanelLeft = icon('panel-left');
export const Paperclip = icon('paperclip');
export const PenLine = icon('pen-line');
export const Pencil = icon('pencil');
export const PhoneCall = icon('phone-call');
export const Pill = icon('pill');
export const Play = icon('play');
export const Plus = icon('plus');
export const Printer = icon('printer');
export const ReceiptText = icon('receipt-text');
export const RefreshCw = icon('refresh-cw');
export const RotateCcw = icon('rotate-ccw');
export const Scale = icon('scale');
export const ScanBarcode = icon('scan-barcode');
export const ScanEye = icon('scan-eye');
export const ScrollText = icon('scroll-text');
export const Search = icon('search');
export const SearchX = icon('search-x');
export const Settings = icon('settings');
export const ShieldAlert = icon('shield-exclamation-point');
export const ShieldCheck = icon('shield-check');
export const Sparkles = icon('sparkles');
export const Stethoscope = icon('stethoscope');
export const Sun = icon('sun');
export const Sunrise = icon('sunrise');
export const Sunset = icon('sunset');
export const Tags = icon('tags');
export const Ticket = icon('ticket');
export const Timer = icon('timer');
export const Trash2 = icon('trash');
export const TriangleAlert = icon('triangle-exclamation-point');
export const Truck = icon('truck');
export const Undo2 = icon('undo-2');
export const Upload = icon('upload');
export const UserCheck = icon('user-check');
export const UserPlus = icon('user-plus');
export const UserRound = icon('user-round');
export const UserRoundCheck = icon('user-round-check');
export const UserRoundPlus = icon('user-round-plus');
export const UserRoundSearch = icon('user-round-search');
export const UserX = icon('user-x');
export const Users = icon('users');
export const UsersRound = icon('users-round');
export const Webhook = icon('webhook');
export const X = icon('x');
